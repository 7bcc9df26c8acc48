package io.strikemq.adapter.compression;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import java.lang.System.Logger.Level;

/**
 * A codec that is made, and its library loaded, when it is first asked for. Where that fails it is not tried again: the
 * JVM keeps classes that could not be initialized as they are. Safe for any thread.
 */
final class CodecOnDemand {
    private final CompressionType type;
    private volatile PayloadCodec codec;
    private volatile String failure;

    CodecOnDemand(CompressionType type) {
        this.type = type;
    }

    /**
     * The codec.
     *
     * @throws BrokerException UNSUPPORTED_COMPRESSION_TYPE when its library cannot be loaded, each time
     */
    PayloadCodec get() {
        PayloadCodec made = codec;
        return made != null ? made : make();
    }

    /** Whether it was made, or could not be. */
    boolean isSettled() {
        return codec != null || failure != null;
    }

    private synchronized PayloadCodec make() {
        if (codec == null && failure == null) {
            try {
                codec = newCodec();
            } catch (LinkageError e) {
                failure = type.configName() + " needs a native library, which could not be loaded (" + reason(e)
                        + "); it is unpacked to the JVM's java.io.tmpdir, which must take files that may be executed";
                System.getLogger(CodecOnDemand.class.getName()).log(Level.WARNING, failure);
            }
        }
        if (codec == null) {
            throw new BrokerException(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, failure);
        }
        return codec;
    }

    /** Plain calls, since a reference to a constructor would load the class, and some of its library, at once. */
    private PayloadCodec newCodec() {
        return switch (type) {
            case GZIP -> new GzipCodec();
            case SNAPPY -> new SnappyCodec();
            case LZ4 -> new Lz4Codec();
            case ZSTD -> new ZstdCodec();
            case NONE -> throw new IllegalArgumentException("nothing to do for " + type);
        };
    }

    /** The first line of the innermost error that says something: libraries wrap it, and append advice. */
    private static String reason(Throwable error) {
        String reason = error.toString();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                reason = cause.getMessage();
            }
        }
        return reason.lines().findFirst().orElse(reason).strip();
    }
}
