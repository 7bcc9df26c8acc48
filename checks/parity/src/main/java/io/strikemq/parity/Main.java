package io.strikemq.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.CaseFiles;
import io.strikemq.parity.compare.Difference;
import io.strikemq.parity.compare.KnownDifferences;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Connection;
import io.strikemq.parity.peer.Connection.Call;
import io.strikemq.parity.peer.Peer;
import io.strikemq.parity.peer.StrikeMq;
import io.strikemq.parity.random.RandomRun;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code checks/parity/run [PATTERN]}: all cases and random requests, or the cases whose file or name match;
 * {@code run --random API [EACH [SEED]]}: random requests of the APIs whose name matches. {@code --show} at the end prints
 * every request with both answers. {@code run --document} starts nothing, and writes docs/differences.md.
 */
public final class Main {
    private static final String SHOW = "--show";
    private static final String DOCUMENT = "--document";
    private static final int RANDOM_REQUESTS = 40;
    /** Its answers hold what only one of the brokers is: cases ask for it. */
    private static final String APART = "ApiVersions";

    /** Without it, Kafka coordinates nothing yet. */
    private static final String WARM_UP = "00-warm-up";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words =
                Stream.of(arguments).filter(word -> !word.equals(SHOW)).toList();
        Home home = Home.find();
        KnownDifferences known = KnownDifferences.read(home.differences());
        if (words.contains(DOCUMENT)) {
            known.writeTo(home.document());
            return;
        }
        Path folder = Files.createTempDirectory("parity");
        List<Difference> differences = new ArrayList<>();
        try (Peer kafka = ApacheKafka.start(folder);
                Peer ours = StrikeMq.start(home.jar(), folder)) {
            Messages messages = Messages.in(home.definitions());
            ParityRun run = new ParityRun(messages, kafka, ours);
            if (List.of(arguments).contains(SHOW)) {
                run.showTo(System.out);
            }
            if (!words.contains("--random")) {
                differences.addAll(cases(run, home, known, words.isEmpty() ? "" : words.get(0)));
            }
            if (words.isEmpty() || words.contains("--random")) {
                differences.addAll(random(run, known, served(messages, ours), words));
            }
            System.out.println(run.playings() + " conversations, " + differences.size()
                    + " unlisted differences; logs in " + folder);
        }
        List<String> stale = words.isEmpty() ? known.notSeen() : List.of();
        stale.forEach(where -> System.out.println("listed, but not seen: " + where));
        System.exit(differences.isEmpty() && stale.isEmpty() ? 0 : 1);
    }

    private static List<Difference> cases(ParityRun run, Home home, KnownDifferences known, String pattern) {
        Pattern chosen = Pattern.compile(pattern);
        List<Difference> unlisted = new ArrayList<>();
        for (Case played : CaseFiles.in(home.cases())) {
            if (played.file().equals(WARM_UP) || chosen.matcher(played.title()).find()) {
                run.compare(played).stream()
                        .filter(difference -> !known.covers(difference))
                        .peek(Main::print)
                        .forEach(unlisted::add);
            }
        }
        return unlisted;
    }

    private static List<Difference> random(
            ParityRun run, KnownDifferences known, List<MessageSpec> served, List<String> words) {
        int at = words.indexOf("--random");
        Pattern chosen = Pattern.compile(word(words, at, 1, ""));
        int each = Integer.parseInt(word(words, at, 2, Integer.toString(RANDOM_REQUESTS)));
        long seed = Long.parseLong(word(words, at, 3, Long.toString(System.nanoTime())));
        System.out.println("Random requests: " + each + " of each API, seed " + seed);
        RandomRun random =
                new RandomRun(run, known, seed, CaseFiles.given(Home.find().randomGiven()));
        return served.stream()
                .filter(request -> chosen.matcher(request.name()).find())
                .flatMap(request -> random.compare(request, each).stream())
                .peek(Main::print)
                .toList();
    }

    private static String word(List<String> words, int from, int ahead, String otherwise) {
        return from >= 0 && words.size() > from + ahead ? words.get(from + ahead) : otherwise;
    }

    /** The APIs that both brokers serve. */
    private static List<MessageSpec> served(Messages messages, Peer ours) {
        try (Connection connection = new Connection(messages, ours)) {
            connection.send(new Call("ApiVersions", 0, "parity", JsonNodeFactory.instance.objectNode()));
            JsonNode keys = connection.receive().body().path("apiKeys");
            return messages.requests().stream()
                    .filter(request -> !request.name().startsWith(APART))
                    .filter(request -> keys.findValuesAsText("apiKey").contains(Integer.toString(request.apiKey())))
                    .toList();
        }
    }

    private static void print(Difference difference) {
        System.out.println(difference.playing() + "\n  " + difference.at() + " (" + difference.exact()
                + ")\n    Kafka: " + difference.kafka() + "\n    here:  " + difference.ours());
    }
}
