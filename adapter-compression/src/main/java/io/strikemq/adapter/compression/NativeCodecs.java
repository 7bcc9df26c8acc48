package io.strikemq.adapter.compression;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The codecs by the libraries that Kafka itself uses: zstd-jni, lz4-java, snappy-java, and for gzip the JDK's.
 *
 * <p>Each one's classes and native code are loaded when it is first used
 * (docs/decisions/0016-compression-by-native-libraries.md).
 */
public final class NativeCodecs implements CompressionCodecs {
    /** Compressed bytes may outgrow the plain ones a little; nothing of ours is near this limit. */
    private static final int MAX_COMPRESSED = Integer.MAX_VALUE - 64;

    private final CodecOnDemand gzip = new CodecOnDemand(CompressionType.GZIP);
    private final CodecOnDemand snappy = new CodecOnDemand(CompressionType.SNAPPY);
    private final CodecOnDemand lz4 = new CodecOnDemand(CompressionType.LZ4);
    private final CodecOnDemand zstd = new CodecOnDemand(CompressionType.ZSTD);

    /** Creates the codecs, and loads nothing. */
    public NativeCodecs() {}

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
    public ByteBuffer compress(Compression compression, byte magic, ByteBuffer plain) {
        if (compression.type() == CompressionType.NONE) {
            return plain.slice();
        }
        BoundedOutput output = new BoundedOutput(plain.remaining() / 2, MAX_COMPRESSED);
        try {
            codec(compression.type()).compress(magic, compression.level(), ByteInput.of(plain), output);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return output.toBuffer();
    }

    @Override
    public boolean isAtHand(CompressionType type) {
        return type == CompressionType.NONE || onDemand(type).isSettled();
    }

    private static int expectedSize(int compressed) {
        return (int) Math.min(3L * compressed, 1 << 20);
    }

    private PayloadCodec codec(CompressionType type) {
        return onDemand(type).get();
    }

    private CodecOnDemand onDemand(CompressionType type) {
        return switch (type) {
            case GZIP -> gzip;
            case SNAPPY -> snappy;
            case LZ4 -> lz4;
            case ZSTD -> zstd;
            case NONE -> throw new IllegalArgumentException("nothing to do for " + type);
        };
    }
}
