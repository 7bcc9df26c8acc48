package io.strikemq.adapter.compression;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Zstandard (RFC 8878), one frame or several, by zstd-jni.
 *
 * <p>Read as a stream, so that memory is taken for what comes out and not for the content size that a frame announces.
 * As in Kafka, a frame that needs a window of more than 128 MB is refused.
 */
final class ZstdCodec implements PayloadCodec {
    /** Loads the native library. */
    ZstdCodec() {
        Native.load();
    }

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output)
            throws MalformedPayloadException, IOException {
        if (!input.hasRemaining()) {
            throw new MalformedPayloadException("there is no frame");
        }
        var bytes = new ByteArrayInputStream(input.array(), input.position(), input.remaining());
        try (var frames = new ZstdInputStreamNoFinalizer(bytes, RecyclingBufferPool.INSTANCE)) {
            output.writeAllOf(frames);
        }
    }

    @Override
    public void compress(byte magic, int level, ByteInput input, BoundedOutput output) {
        int most = Math.toIntExact(Zstd.compressBound(input.remaining()));
        byte[] target = output.reserve(most);
        long length = Zstd.compressByteArray(
                target, output.size(), most, input.array(), input.position(), input.remaining(), level);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("zstd at level " + level + ": " + Zstd.getErrorName(length));
        }
        output.wrote((int) length);
    }
}
