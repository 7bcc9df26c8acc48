package io.strikemq.adapter.kafka.message;

import io.strikemq.adapter.kafka.wire.WireMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.adapter.kafka.wire.WireWriter;
import io.strikemq.wire.generator.Definitions;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One generated type, reached by reflection, with the definition it came from. */
record GeneratedMessage(MessageSpec spec, Class<?> type, MethodHandle reader) {
    private static final Path DEFINITIONS = Path.of("..", "wire-generator", "target", "definitions");

    static Stream<GeneratedMessage> all() {
        try {
            Definitions older = Definitions.read(DEFINITIONS.resolve("legacy"));
            return Definitions.read(DEFINITIONS.resolve("current")).forBroker(older).stream()
                    .map(GeneratedMessage::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GeneratedMessage of(MessageSpec spec) {
        String folder = GeneratedMessage.class.getPackageName() + (spec.kind().coordinator() ? ".coordinator." : ".");
        try {
            Class<?> type = Class.forName(folder + spec.name());
            MethodHandle reader = MethodHandles.lookup()
                    .findStatic(type, "read", MethodType.methodType(type, WireReader.class, short.class));
            return new GeneratedMessage(spec, type, reader);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    IntStream versions() {
        return IntStream.rangeClosed(spec.valid().lowest(), spec.valid().highest())
                .filter(spec.valid()::contains);
    }

    WireMessage read(ByteBuffer bytes, int version) {
        return read(new WireReader(bytes), version);
    }

    WireMessage read(WireReader in, int version) {
        try {
            return (WireMessage) reader.invoke(in, (short) version);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static ByteBuffer bytes(WireMessage message, int version) {
        WireWriter out = new WireWriter(64);
        message.write(out, (short) version);
        return out.finishAsOne();
    }

    /** Names the test case. */
    @Override
    public String toString() {
        return spec.name();
    }
}
