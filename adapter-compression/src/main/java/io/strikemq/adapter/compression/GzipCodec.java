package io.strikemq.adapter.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip (RFC 1952), one member or several. */
final class GzipCodec implements PayloadCodec {
    private static final int BUFFER_SIZE = 8192;

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output) throws IOException {
        var bytes = new ByteArrayInputStream(input.array(), input.position(), input.remaining());
        try (var gzip = new GZIPInputStream(bytes, BUFFER_SIZE)) {
            output.writeAllOf(gzip);
        }
    }

    @Override
    public void compress(byte magic, int level, ByteInput input, BoundedOutput output) throws IOException {
        try (var gzip = new LevelledStream(output, level)) {
            gzip.write(input.array(), input.position(), input.remaining());
        }
    }

    /** The JDK's stream has no other way to be given a level. */
    private static final class LevelledStream extends GZIPOutputStream {
        LevelledStream(BoundedOutput output, int level) throws IOException {
            super(output, BUFFER_SIZE);
            def.setLevel(level);
        }
    }
}
