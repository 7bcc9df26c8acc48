package io.strikemq.adapter.compression;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The codecs without native libraries. Each one's classes are loaded when it is first used. */
public final class PureJavaCodecs implements CompressionCodecs {
    /** Compressed bytes may outgrow the plain ones a little; nothing of ours is near this limit. */
    private static final int MAX_COMPRESSED = Integer.MAX_VALUE - 64;

    /** Creates the codecs. */
    public PureJavaCodecs() {}

    @Override
    public ByteBuffer decompress(CompressionType type, byte magic, ByteBuffer compressed, int maxBytes) {
        if (type == CompressionType.NONE) {
            return compressed.slice();
        }
        BoundedOutput output = new BoundedOutput(expectedSize(compressed.remaining()), maxBytes);
        try {
            codec(type).decompress(magic, ByteInput.of(compressed), output);
        } catch (PayloadTooLargeException e) {
            throw new BrokerException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    type.configName() + " records decompress to too much: " + e.getMessage(),
                    e);
        } catch (MalformedPayloadException | IOException e) {
            throw new BrokerException(
                    ErrorCode.INVALID_RECORD, "records are not valid " + type.configName() + ": " + e.getMessage(), e);
        }
        return output.toBuffer();
    }

    @Override
    public ByteBuffer compress(CompressionType type, byte magic, ByteBuffer plain) {
        if (type == CompressionType.NONE) {
            return plain.slice();
        }
        BoundedOutput output = new BoundedOutput(plain.remaining() / 2, MAX_COMPRESSED);
        try {
            codec(type).compress(magic, ByteInput.of(plain), output);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return output.toBuffer();
    }

    private static int expectedSize(int compressed) {
        return (int) Math.min(3L * compressed, 1 << 20);
    }

    private static PayloadCodec codec(CompressionType type) {
        return switch (type) {
            case GZIP -> new GzipCodec();
            case SNAPPY -> new SnappyCodec();
            case LZ4 -> new Lz4Codec();
            case ZSTD -> new ZstdCodec();
            case NONE -> throw new IllegalArgumentException("nothing to do for " + type);
        };
    }
}
