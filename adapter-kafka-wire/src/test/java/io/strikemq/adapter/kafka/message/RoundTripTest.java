package io.strikemq.adapter.kafka.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.adapter.kafka.wire.UnsupportedVersionException;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.adapter.kafka.wire.WireMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.wire.generator.model.FieldSpec;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message at every version, with random contents, against itself. */
class RoundTripTest {
    private static final long SEED = 20261122;
    private static final int TRIES = 10;

    static Stream<GeneratedMessage> messages() {
        return GeneratedMessage.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatWasWrittenIsReadAgain(GeneratedMessage message) {
        RandomMessages random = new RandomMessages(SEED);
        message.versions().forEach(version -> {
            for (int i = 0; i < TRIES; i++) {
                WireMessage written = random.message(message, version);
                ByteBuffer bytes = GeneratedMessage.bytes(written, version);
                String context = message + " version " + version + ", try " + i + ", seed " + SEED;

                assertEquals(bytes.remaining(), written.size((short) version), context);
                WireReader in = new WireReader(i % 2 == 0 ? bytes : direct(bytes));
                assertEquals(written, message.read(in, version), context);
                assertEquals(0, in.remaining(), context);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void versionsThatDoNotExistAreRefused(GeneratedMessage message) {
        WireMessage defaults = RandomMessages.defaults(message);
        for (int version : List.of(
                message.spec().valid().lowest() - 1, message.spec().valid().highest() + 1)) {
            assertThrows(UnsupportedVersionException.class, () -> message.read(ByteBuffer.allocate(100), version));
            assertThrows(UnsupportedVersionException.class, () -> GeneratedMessage.bytes(defaults, version));
            assertThrows(UnsupportedVersionException.class, () -> defaults.size((short) version));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aFieldThatTheVersionLacksIsRefusedUnlessItIsIgnorable(GeneratedMessage message) {
        RandomMessages random = new RandomMessages(SEED);
        message.versions()
                .forEach(version -> message.spec().root().fields().stream()
                        .filter(field -> !field.versions().contains(version))
                        .forEach(field -> setWhereItIsLacking(message, version, field, random)));
    }

    private static void setWhereItIsLacking(
            GeneratedMessage message, int version, FieldSpec field, RandomMessages random) {
        WireMessage without = random.message(message, version);
        WireMessage with = random.with(without, field, notDefault(message, field, random));
        String context = message + "." + field.name() + " at version " + version;
        if (field.ignorable()) {
            assertEquals(GeneratedMessage.bytes(without, version), GeneratedMessage.bytes(with, version), context);
        } else {
            assertThrows(UnsupportedVersionException.class, () -> GeneratedMessage.bytes(with, version), context);
        }
    }

    private static Object notDefault(GeneratedMessage message, FieldSpec field, RandomMessages random) {
        int home = field.versions().and(message.spec().valid()).highest();
        Object value = random.value(message, field, home);
        while (mayBeDefault(value, field)) {
            value = random.value(message, field, home);
        }
        return value;
    }

    private static boolean mayBeDefault(Object value, FieldSpec field) {
        if (value instanceof Boolean) {
            return value.equals(Boolean.parseBoolean(field.defaultText()));
        }
        if (value instanceof Number number) {
            return Math.abs(number.longValue()) < 10;
        }
        return value.equals("")
                || value.equals(WireDefaults.NO_BYTES)
                || value instanceof Collection<?> items && items.isEmpty();
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }
}
