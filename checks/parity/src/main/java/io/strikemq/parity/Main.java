package io.strikemq.parity;

import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.CaseFiles;
import io.strikemq.parity.compare.Difference;
import io.strikemq.parity.compare.KnownDifferences;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import io.strikemq.parity.peer.StrikeMq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code checks/parity/run}: all cases, or those whose file or name match a pattern. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Home home = Home.find();
        Pattern chosen = Pattern.compile(arguments.length > 0 ? arguments[0] : "");
        List<Case> cases = CaseFiles.in(home.cases()).stream()
                .filter(played -> chosen.matcher(played.file() + ": " + played.name()).find())
                .toList();
        KnownDifferences known = KnownDifferences.read(home.differences());
        Path folder = Files.createTempDirectory("parity");
        int unlisted = 0;
        try (Peer kafka = ApacheKafka.start(folder);
                Peer ours = StrikeMq.start(home.jar(), folder)) {
            ParityRun run = new ParityRun(Messages.in(home.definitions()), kafka, ours);
            for (Case played : cases) {
                List<Difference> differences = run.compare(played).stream()
                        .filter(difference -> !known.covers(difference))
                        .toList();
                differences.forEach(Main::print);
                unlisted += differences.size();
            }
            System.out.println(run.playings() + " conversations of " + cases.size() + " cases, " + unlisted
                    + " unlisted differences; logs in " + folder);
        }
        if (arguments.length == 0) {
            known.notSeen().forEach(where -> System.out.println("listed, but not seen: " + where));
            unlisted += known.notSeen().size();
        }
        System.exit(unlisted == 0 ? 0 : 1);
    }

    private static void print(Difference difference) {
        System.out.println(difference.playing() + "\n  " + difference.at() + " (" + difference.exact() + ")\n    Kafka: "
                + difference.kafka() + "\n    here:  " + difference.ours());
    }
}
