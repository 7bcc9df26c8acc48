package io.strikemq.adapter.kafka.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.adapter.kafka.wire.UnsupportedVersionException;
import io.strikemq.adapter.kafka.wire.WireMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message at every version against Kafka's own class of that name: the current release where it still has the
 * version, else the older one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameBytesAsKafkaTest {
    private static final long SEED = 20261123;
    private static final int TRIES = 4;

    private List<OriginalKafka> releases;

    @BeforeAll
    void loadKafka() {
        releases = List.of(new OriginalKafka("current"), new OriginalKafka("legacy"));
    }

    @AfterAll
    void unloadKafka() throws IOException {
        for (OriginalKafka release : releases) {
            release.close();
        }
    }

    static Stream<GeneratedMessage> messages() {
        return GeneratedMessage.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void kafkaReadsOurBytesAndWritesThemAgain(GeneratedMessage message) throws ReflectiveOperationException {
        RandomMessages random = new RandomMessages(SEED);
        for (int version : message.versions().toArray()) {
            for (int i = 0; i < TRIES; i++) {
                compare(message, version, random.message(message, version));
            }
        }
    }

    /** The newest release that has the version. */
    private OriginalKafka judge(GeneratedMessage message, int version) throws ReflectiveOperationException {
        for (OriginalKafka release : releases) {
            if (release.type(message.spec(), version) != null) {
                return release;
            }
        }
        throw new AssertionError(message + " version " + version + " is in no release");
    }

    private void compare(GeneratedMessage message, int version, WireMessage ours) throws ReflectiveOperationException {
        OriginalKafka kafka = judge(message, version);
        ByteBuffer bytes = GeneratedMessage.bytes(ours, version);
        Object theirs = kafka.read(kafka.type(message.spec(), version), bytes, version);
        ByteBuffer again = kafka.write(theirs, version);

        String context = message + " version " + version + ", seed " + SEED + "\nours   " + ours + "\ntheirs " + theirs;
        assertEquals(bytes, again, context);
        assertEquals(ours, message.read(again, version), context);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void anEmptyMessageIsWrittenAsKafkaWritesIt(GeneratedMessage message) throws ReflectiveOperationException {
        WireMessage defaults = RandomMessages.defaults(message);
        for (int version : message.versions().toArray()) {
            OriginalKafka kafka = judge(message, version);
            ByteBuffer theirs = kafka.writeDefaults(kafka.type(message.spec(), version), version);
            String context = message + " version " + version;
            if (theirs == null) {
                assertThrows(
                        UnsupportedVersionException.class, () -> GeneratedMessage.bytes(defaults, version), context);
            } else {
                assertEquals(theirs, GeneratedMessage.bytes(defaults, version), context);
            }
        }
    }
}
