package io.strikemq.adapter.compression;

import io.strikemq.domain.record.MessageFormat;

/**
 * LZ4 frames ("LZ4 Frame Format Description" 1.6.3), one or several:
 *
 * <pre>
 *  0 magic            0x184D2204, all numbers little-endian
 *  4 FLG              bits 6-7 version 1, 5 independent blocks, 4 block checksums, 3 content size, 2 content checksum,
 *                     0 dictionary
 *  5 BD               bits 4-6 largest block: 4 = 64 KB, 5 = 256 KB, 6 = 1 MB, 7 = 4 MB
 *    content size     8 bytes, if announced
 *    header checksum  second byte of the descriptor's xxHash32
 *    blocks           4 bytes length (top bit: stored as it is), data, 4 bytes xxHash32 if announced
 *    end mark         4 bytes of 0, then 4 bytes xxHash32 of the content if announced
 * </pre>
 *
 * <p>In message format 0 Kafka's clients took the header checksum over the magic as well (KIP-57). There it is written
 * so, and not looked at. Content checksums are not looked at either, as in Kafka.
 */
final class Lz4Codec implements PayloadCodec {
    private static final int MAGIC = 0x184D2204;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int MAGIC_SIZE = 4;
    private static final int VERSION_1 = 0x40;
    private static final int INDEPENDENT_BLOCKS = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int DICTIONARY = 0x01;
    private static final int STORED_BLOCK = 0x80000000;
    /** The block size that Kafka's own producer uses. */
    private static final int BLOCK_SIZE = 64 * 1024;

    private static final int BLOCK_SIZE_CODE = 4;

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        do {
            int frameMagic = (int) input.littleEndian(4);
            if (frameMagic == MAGIC) {
                readFrame(magic, input, output);
            } else if ((frameMagic & 0xFFFFFFF0) == SKIPPABLE_MAGIC) {
                input.skip(input.littleEndian(4));
            } else {
                throw new MalformedPayloadException("no frame begins with 0x" + Integer.toHexString(frameMagic));
            }
        } while (input.hasRemaining());
    }

    private static void readFrame(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        int descriptor = input.position();
        int flags = input.unsignedByte();
        int sizeCode = input.unsignedByte() >>> 4 & 7;
        if ((flags & 0xC0) != VERSION_1 || (flags & DICTIONARY) != 0 || sizeCode < BLOCK_SIZE_CODE) {
            throw new MalformedPayloadException("a frame of a kind that nobody writes: flags " + flags);
        }
        if ((flags & CONTENT_SIZE) != 0) {
            input.skip(Long.BYTES);
        }
        int expected = XxHash32.hash(input.array(), descriptor, input.position() - descriptor) >>> 8 & 0xFF;
        if (input.unsignedByte() != expected && magic > MessageFormat.V0) {
            throw new MalformedPayloadException("the frame's header checksum is wrong");
        }
        readBlocks(flags, 1 << 2 * sizeCode + 8, input, output);
        if ((flags & CONTENT_CHECKSUM) != 0) {
            input.skip(Integer.BYTES);
        }
    }

    private static void readBlocks(int flags, int maxBlock, ByteInput input, BoundedOutput output)
            throws MalformedPayloadException {
        int history = output.size();
        for (int length = (int) input.littleEndian(4); length != 0; length = (int) input.littleEndian(4)) {
            if ((flags & INDEPENDENT_BLOCKS) != 0) {
                history = output.size();
            }
            int blockStart = output.size();
            ByteInput block = input.part(length & ~STORED_BLOCK);
            int from = block.position();
            int size = block.remaining();
            if ((flags & BLOCK_CHECKSUMS) != 0
                    && (int) input.littleEndian(4) != XxHash32.hash(block.array(), from, size)) {
                throw new MalformedPayloadException("a block's checksum is wrong");
            }
            if ((length & STORED_BLOCK) != 0) {
                output.write(block.array(), from, size);
            } else {
                Lz4Block.decode(block, output, history);
            }
            if (output.size() - blockStart > maxBlock) {
                throw new MalformedPayloadException("a block is larger than the frame allows: " + maxBlock);
            }
        }
    }

    @Override
    public void compress(byte magic, ByteInput input, BoundedOutput output) {
        writeHeader(magic, output);
        byte[] block = new byte[Lz4Block.maxEncodedSize(BLOCK_SIZE)];
        int end = input.position() + input.remaining();
        for (int from = input.position(); from < end; from += BLOCK_SIZE) {
            int plain = Math.min(BLOCK_SIZE, end - from);
            int length = Lz4Block.encode(input.array(), from, plain, block);
            if (length < plain) {
                writeInt(output, length);
                output.write(block, 0, length);
            } else {
                writeInt(output, plain | STORED_BLOCK);
                output.write(input.array(), from, plain);
            }
        }
        writeInt(output, 0);
    }

    private static void writeHeader(byte magic, BoundedOutput output) {
        byte[] header = {0x04, 0x22, 0x4D, 0x18, VERSION_1 | INDEPENDENT_BLOCKS, BLOCK_SIZE_CODE << 4};
        int hashed = magic == MessageFormat.V0 ? 0 : MAGIC_SIZE;
        output.write(header, 0, header.length);
        output.write(XxHash32.hash(header, hashed, header.length - hashed) >>> 8);
    }

    private static void writeInt(BoundedOutput output, int value) {
        output.write(value);
        output.write(value >>> 8);
        output.write(value >>> 16);
        output.write(value >>> 24);
    }
}
