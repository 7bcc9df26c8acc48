package io.strikemq.adapter.compression;

import java.io.IOException;

/** One compression format; stateless, so that one instance serves all threads. */
interface PayloadCodec {
    /** Decompresses all of the input. */
    void decompress(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException, IOException;

    /** Compresses all of the input at a level of this codec's own scale. */
    void compress(byte magic, int level, ByteInput input, BoundedOutput output) throws IOException;
}
