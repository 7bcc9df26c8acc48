package io.strikemq.bootstrap;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.bootstrap.rehearsal.KafkaVisit;
import io.strikemq.bootstrap.rehearsal.RestVisit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A short run of the broker, from its start over what clients ask first to its end, for the JVM to write down what it
 * loaded: every later start with that archive or cache is faster, and so are the first requests. It takes free ports and a temporary directory, and leaves nothing.
 */
public final class Rehearsal {
    /** The first creates the partition's files, the second finds them. */
    private static final int ROUNDS = 2;

    private Rehearsal() {}

    /** Takes no arguments; returns when all is over. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("strikemq-rehearsal");
        try {
            try (Broker broker = Main.start(
                    Map.of(),
                    "--bind-address=127.0.0.1",
                    "--port=0",
                    "--http-port=0",
                    "--log-dir=" + folder.resolve("data"))) {
                visit(broker.endpoints());
            }
        } finally {
            delete(folder);
        }
    }

    private static void visit(Endpoints endpoints) throws IOException {
        try (KafkaVisit visit = new KafkaVisit(endpoints.port(), new NativeCodecs())) {
            visit.introduce();
            for (int round = 0; round < ROUNDS; round++) {
                visit.produceAndFetch(round);
            }
            visit.consumeInGroup();
        }
        new RestVisit(endpoints.httpPort()).lookAround();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Rehearsal::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
