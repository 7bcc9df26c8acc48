package io.strikemq.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.CaseFiles;
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

    /** Played before whatever was chosen: without it, Kafka coordinates nothing yet. */
    private static final String WARM_UP = "00-warm-up";

    /** A pattern that matches no case. */
    private static final String NONE = "(?!)";

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
        Report report = new Report();
        try (Peer kafka = ApacheKafka.start(home.kafkaSettings(), home.impatience(), folder);
                Peer ours = StrikeMq.start(home.jar(), home.impatience(), folder)) {
            Messages messages = Messages.in(home.definitions());
            ParityRun run = new ParityRun(messages, kafka, ours);
            if (List.of(arguments).contains(SHOW)) {
                run.showTo(System.out);
            }
            boolean onlyRandom = words.contains("--random");
            cases(run, home, known, report, onlyRandom ? NONE : words.isEmpty() ? "" : words.get(0));
            if (words.isEmpty() || onlyRandom) {
                random(run, known, report, served(messages, ours), words);
            }
            System.out.println(run.playings() + " conversations, " + report.failures()
                    + " unlisted differences or cases without an end; logs in " + folder);
        }
        List<String> stale = words.isEmpty() ? known.notSeen() : List.of();
        stale.forEach(where -> System.out.println("listed, but not seen: " + where));
        System.exit(report.failures() == 0 && stale.isEmpty() ? 0 : 1);
    }

    private static void cases(ParityRun run, Home home, KnownDifferences known, Report report, String pattern) {
        Pattern chosen = Pattern.compile(pattern);
        for (Case played : CaseFiles.in(home.cases())) {
            if (played.file().equals(WARM_UP) || chosen.matcher(played.title()).find()) {
                report.during(() -> known.unlisted(run.compare(played)).forEach(report::add));
            }
        }
    }

    private static void random(
            ParityRun run, KnownDifferences known, Report report, List<MessageSpec> served, List<String> words) {
        int at = words.indexOf("--random");
        Pattern chosen = Pattern.compile(word(words, at, 1, ""));
        int each = Integer.parseInt(word(words, at, 2, Integer.toString(RANDOM_REQUESTS)));
        long seed = Long.parseLong(word(words, at, 3, Long.toString(System.nanoTime())));
        System.out.println("Random requests: " + each + " of each API, seed " + seed);
        RandomRun random =
                new RandomRun(run, known, seed, CaseFiles.given(Home.find().randomGiven()));
        for (MessageSpec request : served) {
            if (chosen.matcher(request.name()).find()) {
                report.during(() -> random.compare(request, each, report::add));
            }
        }
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
}
