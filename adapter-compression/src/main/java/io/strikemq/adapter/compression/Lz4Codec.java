package io.strikemq.adapter.compression;

import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.MessageFormat;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;

/**
 * LZ4 frames ("LZ4 Frame Format Description" 1.6.3), one or several, around blocks that lz4-java reads and writes:
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
 * so, and not looked at. Content checksums are not looked at either, and blocks that depend on the ones before are
 * refused, both as in Kafka.
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
    /** The format's densest byte adds as many to a match. */
    private static final int MOST_OF_A_BYTE = 255;
    /** The block size that Kafka's own producer uses. */
    private static final int BLOCK_SIZE = 64 * 1024;

    private static final int BLOCK_SIZE_CODE = 4;
    private static final int DEFAULT_LEVEL = Compression.defaultLevel(CompressionType.LZ4);

    private final Lz4Library library;

    /** Loads the native library, or goes without. */
    Lz4Codec() {
        this(Lz4Library.load());
    }

    Lz4Codec(Lz4Library library) {
        this.library = library;
    }

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        do {
            int frameMagic = input.littleEndianInt();
            if (frameMagic == MAGIC) {
                readFrame(magic, input, output);
            } else if ((frameMagic & 0xFFFFFFF0) == SKIPPABLE_MAGIC) {
                input.skip(Integer.toUnsignedLong(input.littleEndianInt()));
            } else {
                throw new MalformedPayloadException("no frame begins with 0x" + Integer.toHexString(frameMagic));
            }
        } while (input.hasRemaining());
    }

    private void readFrame(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        int descriptor = input.position();
        int flags = input.unsignedByte();
        int sizeCode = input.unsignedByte() >>> 4 & 7;
        if ((flags & 0xC0) != VERSION_1 || (flags & DICTIONARY) != 0 || sizeCode < BLOCK_SIZE_CODE) {
            throw new MalformedPayloadException("a frame of a kind that nobody writes: flags " + flags);
        }
        if ((flags & INDEPENDENT_BLOCKS) == 0) {
            throw new MalformedPayloadException("blocks that depend on one another, which Kafka does not read either");
        }
        if ((flags & CONTENT_SIZE) != 0) {
            input.skip(Long.BYTES);
        }
        int expected = library.hash(input.array(), descriptor, input.position() - descriptor) >>> 8 & 0xFF;
        if (input.unsignedByte() != expected && magic > MessageFormat.V0) {
            throw new MalformedPayloadException("the frame's header checksum is wrong");
        }
        readBlocks(flags, 1 << 2 * sizeCode + 8, input, output);
        if ((flags & CONTENT_CHECKSUM) != 0) {
            input.skip(Integer.BYTES);
        }
    }

    private void readBlocks(int flags, int maxBlock, ByteInput input, BoundedOutput output)
            throws MalformedPayloadException {
        for (int length = input.littleEndianInt(); length != 0; length = input.littleEndianInt()) {
            ByteInput block = input.part(length & ~STORED_BLOCK);
            int from = block.position();
            int size = block.remaining();
            if ((flags & BLOCK_CHECKSUMS) != 0 && input.littleEndianInt() != library.hash(block.array(), from, size)) {
                throw new MalformedPayloadException("a block's checksum is wrong");
            }
            if ((length & STORED_BLOCK) == 0) {
                readBlock(block, maxBlock, output);
            } else if (size <= maxBlock) {
                output.write(block.array(), from, size);
            } else {
                throw new MalformedPayloadException("a block of " + size + " bytes, of " + maxBlock + " at most");
            }
        }
    }

    private void readBlock(ByteInput block, int maxBlock, BoundedOutput output) throws MalformedPayloadException {
        int from = block.position();
        int size = block.remaining();
        int most = (int) Math.min(maxBlock, (long) MOST_OF_A_BYTE * size);
        try {
            if (most <= output.room()) {
                byte[] target = output.reserve(most);
                output.wrote(library.decompressor().decompress(block.array(), from, size, target, output.size(), most));
            } else {
                // Near the limit, so that what is damaged is told from what is too large.
                byte[] plain = new byte[most];
                output.write(plain, 0, library.decompressor().decompress(block.array(), from, size, plain, 0, most));
            }
        } catch (LZ4Exception e) {
            throw new MalformedPayloadException("a block is damaged, or larger than its frame allows", e);
        }
    }

    @Override
    public void compress(byte magic, int level, ByteInput input, BoundedOutput output) {
        writeHeader(magic, output);
        LZ4Compressor compressor = library.compressor(level, DEFAULT_LEVEL);
        byte[] block = new byte[compressor.maxCompressedLength(BLOCK_SIZE)];
        int end = input.position() + input.remaining();
        for (int from = input.position(); from < end; from += BLOCK_SIZE) {
            int plain = Math.min(BLOCK_SIZE, end - from);
            int length = compressor.compress(input.array(), from, plain, block, 0);
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

    private void writeHeader(byte magic, BoundedOutput output) {
        byte[] header = {0x04, 0x22, 0x4D, 0x18, VERSION_1 | INDEPENDENT_BLOCKS, BLOCK_SIZE_CODE << 4};
        int hashed = magic == MessageFormat.V0 ? 0 : MAGIC_SIZE;
        output.write(header, 0, header.length);
        output.write(library.hash(header, hashed, header.length - hashed) >>> 8);
    }

    private static void writeInt(BoundedOutput output, int value) {
        output.write(value);
        output.write(value >>> 8);
        output.write(value >>> 16);
        output.write(value >>> 24);
    }
}
