package io.strikemq.adapter.compression;

import java.io.IOException;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Snappy as Kafka's clients write it: in the stream framing of snappy-java, or (librdkafka, old kafka-python) as one
 * bare block. The framing is read here, since snappy-java's own stream takes as much memory as a block says it needs.
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
    /** The format's densest element makes 64 bytes of 3. */
    private static final int MOST_OF_A_BYTE = 22;

    /** Loads the native library. */
    SnappyCodec() {
        try {
            Snappy.getNativeLibraryVersion();
        } catch (SnappyError e) {
            throw (LinkageError) new UnsatisfiedLinkError(e.getMessage()).initCause(e);
        }
    }

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output)
            throws MalformedPayloadException, IOException {
        if (!startsWithMagic(input)) {
            readBlock(input, output);
            return;
        }
        input.skip(HEADER_SIZE);
        while (input.hasRemaining()) {
            int length = input.bigEndianInt();
            if (length == MAGIC_AS_LENGTH) {
                input.skip(HEADER_SIZE - Integer.BYTES);
            } else {
                readBlock(input.part(length), output);
            }
        }
    }

    private static void readBlock(ByteInput block, BoundedOutput output) throws MalformedPayloadException, IOException {
        if (!block.hasRemaining()) {
            throw new MalformedPayloadException("a block without a byte");
        }
        int plain = Snappy.uncompressedLength(block.array(), block.position(), block.remaining());
        if (plain < 0 || plain > (long) MOST_OF_A_BYTE * block.remaining()) {
            throw new MalformedPayloadException(
                    "a block of " + block.remaining() + " bytes announces " + Integer.toUnsignedString(plain));
        }
        if (plain == 0) {
            if (block.remaining() > 1) {
                throw new MalformedPayloadException("a block announces nothing and holds something");
            }
            return;
        }
        byte[] target = output.reserve(plain);
        output.wrote(Snappy.uncompress(block.array(), block.position(), block.remaining(), target, output.size()));
    }

    @Override
    public void compress(byte magic, int level, ByteInput input, BoundedOutput output) throws IOException {
        output.write(MAGIC, 0, MAGIC.length);
        writeInt(output, VERSION);
        writeInt(output, VERSION);
        byte[] block = new byte[Snappy.maxCompressedLength(BLOCK_SIZE)];
        int end = input.position() + input.remaining();
        for (int from = input.position(); from < end; from += BLOCK_SIZE) {
            int length = Snappy.compress(input.array(), from, Math.min(BLOCK_SIZE, end - from), block, 0);
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
