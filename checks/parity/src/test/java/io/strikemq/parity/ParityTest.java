package io.strikemq.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.CaseFiles;
import io.strikemq.parity.compare.KnownDifferences;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import io.strikemq.parity.peer.StrikeMq;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All cases but the slow ones, each at the newest version that it is for. The whole is checks/parity/run. */
class ParityTest {
    private static final Home HOME = Home.find();

    @TempDir
    static Path folder;

    private static Peer kafka;
    private static Peer ours;

    @BeforeAll
    static void start() {
        kafka = ApacheKafka.start(HOME.kafkaSettings(), HOME.impatience(), folder);
        ours = StrikeMq.start(HOME.jar(), HOME.impatience(), folder);
    }

    @AfterAll
    static void stop() {
        try {
            ours.close();
        } finally {
            kafka.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerIsKafkasOrListed() {
        ParityRun run = new ParityRun(Messages.in(HOME.definitions()), kafka, ours);
        KnownDifferences known = KnownDifferences.read(HOME.differences());
        List<Case> all = CaseFiles.in(HOME.cases());
        System.out.println(all.stream().filter(Case::slow).count() + " of " + all.size()
                + " cases are slow, and left to checks/parity/run");
        return all.stream()
                .filter(played -> !played.slow())
                .map(played -> DynamicTest.dynamicTest(
                        played.title(), () -> assertEquals(List.of(), known.unlisted(run.compareNewest(played)))));
    }
}
