package io.strikemq.adapter.compression;

/**
 * Snappy as Kafka's clients write it: in the stream framing of snappy-java, or (librdkafka, old kafka-python) as one
 * bare block.
 *
 * <pre>
 *  0 magic               0x82 "SNAPPY" 0x00
 *  8 version             int32 big-endian, whatever it says
 * 12 oldest reader       int32 big-endian, whatever it says
 * 16 chunks              each: int32 big-endian length, one snappy block
 * </pre>
 *
 * <p>Streams may follow one another: their magic stands where a chunk's length would.
 */
final class SnappyCodec implements PayloadCodec {
    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    /** The first half of the magic, read as a length: negative, so no chunk can be meant. */
    private static final int MAGIC_AS_LENGTH = 0x82534E41;

    private static final int HEADER_SIZE = 16;
    private static final int VERSION = 1;
    /** snappy-java's block size, of which old readers make their buffers. */
    private static final int BLOCK_SIZE = 32 * 1024;

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        if (!startsWithMagic(input)) {
            SnappyBlock.decode(input, output);
            return;
        }
        input.skip(HEADER_SIZE);
        while (input.hasRemaining()) {
            int length = input.bigEndianInt();
            if (length == MAGIC_AS_LENGTH) {
                input.skip(HEADER_SIZE - Integer.BYTES);
            } else {
                SnappyBlock.decode(input.part(length), output);
            }
        }
    }

    @Override
    public void compress(byte magic, ByteInput input, BoundedOutput output) {
        output.write(MAGIC, 0, MAGIC.length);
        writeInt(output, VERSION);
        writeInt(output, VERSION);
        byte[] block = new byte[SnappyBlock.maxEncodedSize(BLOCK_SIZE)];
        int end = input.position() + input.remaining();
        for (int from = input.position(); from < end; from += BLOCK_SIZE) {
            int length = SnappyBlock.encode(input.array(), from, Math.min(BLOCK_SIZE, end - from), block);
            writeInt(output, length);
            output.write(block, 0, length);
        }
    }

    private static boolean startsWithMagic(ByteInput input) {
        if (input.remaining() < HEADER_SIZE) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (input.array()[input.position() + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static void writeInt(BoundedOutput output, int value) {
        output.write(value >>> 24);
        output.write(value >>> 16);
        output.write(value >>> 8);
        output.write(value);
    }
}
