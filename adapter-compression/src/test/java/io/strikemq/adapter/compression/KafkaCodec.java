package io.strikemq.adapter.compression;

import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/** Kafka's own compression, on top of native libraries: what ours is measured against. */
final class KafkaCodec {
    private KafkaCodec() {}

    static Compression of(CompressionType type) {
        return Compression.of(type.configName()).build();
    }

    static byte[] compress(CompressionType type, byte magic, byte[] plain) throws IOException {
        return compress(of(type), magic, plain);
    }

    /** In message format 2. */
    static byte[] compress(Compression compression, byte[] plain) throws IOException {
        return compress(compression, (byte) 2, plain);
    }

    private static byte[] compress(Compression compression, byte magic, byte[] plain) throws IOException {
        var buffer = new ByteBufferOutputStream(512);
        try (var stream = compression.wrapForOutput(buffer, magic)) {
            stream.write(plain);
        }
        return bytes(buffer.buffer().flip());
    }

    static byte[] decompress(CompressionType type, byte magic, ByteBuffer compressed) throws IOException {
        try (var stream = of(type).wrapForInput(compressed.duplicate(), magic, BufferSupplier.NO_CACHING)) {
            return stream.readAllBytes();
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
