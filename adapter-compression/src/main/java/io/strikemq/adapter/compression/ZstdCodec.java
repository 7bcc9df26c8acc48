package io.strikemq.adapter.compression;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Zstandard (RFC 8878), one frame or several. */
final class ZstdCodec implements PayloadCodec {
    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output)
            throws MalformedPayloadException, IOException {
        var bytes = new ByteArrayInputStream(input.array(), input.position(), input.remaining());
        try (var zstd = new ZstdInputStream(bytes)) {
            zstd.transferTo(output);
        } catch (RuntimeException e) {
            if (e instanceof PayloadTooLargeException) {
                throw e;
            }
            throw new MalformedPayloadException("a frame is damaged", e);
        }
    }

    @Override
    public void compress(byte magic, ByteInput input, BoundedOutput output) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] frame = new byte[compressor.maxCompressedLength(input.remaining())];
        int length =
                compressor.compress(input.array(), input.position(), input.remaining(), frame, 0, frame.length);
        output.write(frame, 0, length);
    }
}
