package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consume, transform, produce: exactly once, with Apache Kafka's own Java clients against the built jar. */
class TransactionalOffsetsTest {
    private static final long SECONDS = 30;

    @TempDir
    Path folder;

    private BrokerProcess broker;

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2"})
    void whatWasReadIsCommittedWithWhatWasWritten(String version) {
        try (ClientVersion client = ClientVersion.of(version);
                BrokerProcess process = BrokerProcess.start(folder)) {
            broker = process;
            write(client, "a", "b");
            Function<List<String>, List<String>> pipe = pipe(client, "pipe");
            ok(pipe, "init");
            ok(pipe, "subscribe", "in");
            assertEquals(List.of("a", "b"), read(pipe, 2));
            ok(pipe, "pump", "out");
            ok(pipe, "abort");
            assertEquals(List.of("none"), pipe.apply(List.of("committed", "in", "0")));
            assertEquals(List.of("a", "b"), read(pipe, 2));
            ok(pipe, "pump", "out");
            ok(pipe, "commit");
            assertEquals(List.of("2"), pipe.apply(List.of("committed", "in", "0")));
            write(client, "c");
            assertEquals(List.of("c"), read(pipe, 1));
            ok(pipe, "pump", "out");
            ok(pipe, "commit");
            // A marker lies between b and c.
            assertEquals(List.of("4"), pipe.apply(List.of("committed", "in", "0")));
            ok(pipe, "close");
            assertEquals(List.of("A", "B", "C"), written(client, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2"})
    void aMemberOfAnOldGenerationCommitsNothing(String version) {
        try (ClientVersion client = ClientVersion.of(version);
                BrokerProcess process = BrokerProcess.start(folder)) {
            broker = process;
            create(client);
            write(client, "a");
            Function<List<String>, List<String>> old = pipe(client, "old");
            ok(old, "init");
            ok(old, "subscribe", "in");
            assertEquals(List.of("a"), read(old, 1));
            ok(old, "remember");
            Function<List<String>, List<String>> other = pipe(client, "other");
            ok(other, "subscribe", "in");
            assertTrue(Await.until(SECONDS, () -> {
                old.apply(List.of("poll"));
                other.apply(List.of("poll"));
                return old.apply(List.of("owned")).size() == 1
                        && other.apply(List.of("owned")).size() == 1;
            }));
            assertEquals(List.of("CommitFailedException"), old.apply(List.of("pump", "out")));
            ok(old, "abort");
            assertEquals(List.of("none"), other.apply(List.of("committed", "in", "0")));
            ok(old, "close");
            ok(other, "close");
        }
    }

    /** What was committed is there, what was open is not, and goes on when the next producer comes. */
    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "3.9.1", "2.8.2"})
    void openTransactionsSurviveTheEndOfTheProcessAsWhatTheyAre(String version) {
        try (ClientVersion client = ClientVersion.of(version)) {
            try (BrokerProcess process = BrokerProcess.start(folder)) {
                broker = process;
                write(client, "a", "b");
                Function<List<String>, List<String>> pipe = pipe(client, "pipe");
                ok(pipe, "init");
                ok(pipe, "subscribe", "in");
                assertEquals(List.of("a", "b"), read(pipe, 2));
                ok(pipe, "pump", "out");
                ok(pipe, "commit");
                write(client, "c");
                assertEquals(List.of("c"), read(pipe, 1));
                ok(pipe, "pump", "out");
                process.kill();
                pipe.apply(List.of("close"));
            }
            try (BrokerProcess process = BrokerProcess.start(folder)) {
                broker = process;
                Function<List<String>, List<String>> stable = pipe(client, "observer");
                assertEquals(List.of("TimeoutException"), stable.apply(List.of("committed", "in", "0")));
                Function<List<String>, List<String>> pipe = pipe(client, "pipe");
                ok(pipe, "init");
                assertEquals(List.of("2"), stable.apply(List.of("committed", "in", "0")));
                ok(stable, "close");
                ok(pipe, "subscribe", "in");
                assertEquals(List.of("c"), read(pipe, 1));
                ok(pipe, "pump", "out");
                ok(pipe, "commit");
                assertEquals(List.of("4"), pipe.apply(List.of("committed", "in", "0")));
                ok(pipe, "close");
                assertEquals(List.of("A", "B", "C"), written(client, 3));
            }
        }
    }

    private void create(ClientVersion client) {
        Function<List<String>, List<String>> admin =
                client.driver(AdminDriver.class, Map.of("bootstrap.servers", broker.bootstrapServers()));
        admin.apply(List.of("create", "in", "2"));
        admin.apply(List.of("close"));
    }

    private void write(ClientVersion client, String... values) {
        Function<List<String>, List<String>> producer = client.driver(
                TransactionDriver.class,
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "source"));
        ok(producer, "init");
        ok(producer, "begin");
        List<String> command = new ArrayList<>(List.of("send", "in", "0"));
        command.addAll(List.of(values));
        ok(producer, command.toArray(new String[0]));
        ok(producer, "commit");
        ok(producer, "close");
    }

    private Function<List<String>, List<String>> pipe(ClientVersion client, String id) {
        return client.driver(
                PipeDriver.class,
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        id,
                        "group.id",
                        "g",
                        "default.api.timeout.ms",
                        "3000",
                        "request.timeout.ms",
                        "2000",
                        "session.timeout.ms",
                        "6000"));
    }

    private static List<String> read(Function<List<String>, List<String>> pipe, int count) {
        List<String> values = new ArrayList<>();
        assertTrue(
                Await.until(SECONDS, () -> {
                    values.addAll(pipe.apply(List.of("poll")));
                    return values.size() >= count;
                }),
                () -> "read " + values);
        return values;
    }

    /** What readers of committed records find in the output, from its beginning. */
    private List<String> written(ClientVersion client, int count) {
        Function<List<String>, List<String>> consumer = client.driver(
                ConsumerDriver.class,
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"));
        consumer.apply(List.of("assign", "out", "0"));
        List<String> lines = read(consumer, count);
        lines.addAll(consumer.apply(List.of("poll")));
        consumer.apply(List.of("close"));
        return lines.stream().map(line -> line.substring(line.indexOf('=') + 1)).toList();
    }

    private static void ok(Function<List<String>, List<String>> driver, String... command) {
        assertEquals(List.of(), driver.apply(List.of(command)), () -> String.join(" ", command));
    }
}
