package io.strikemq.adapter.compression;

import io.airlift.compress.zstd.ZstdCompressor;

/**
 * Zstandard (RFC 8878), one frame or several:
 *
 * <pre>
 * magic             0xFD2FB528, all numbers little-endian
 * descriptor        bits 6-7 size of the content size, 5 single segment, 2 checksum, 0-1 size of the dictionary id
 * window            1 byte, unless single segment
 * dictionary id     0, 1, 2 or 4 bytes
 * content size      0, 1, 2, 4 or 8 bytes
 * blocks            3 bytes each: bit 0 last, bits 1-2 type, 3-23 size; then the data
 * checksum          4 bytes, if announced; not looked at, since a batch has its own
 * </pre>
 *
 * <p>Read here, so that no native library, no size of window and no use of {@code sun.misc.Unsafe} stands in the way
 * (docs/decisions/0003-compression-libraries.md). Written by a library, which is loaded only then.
 */
final class ZstdCodec implements PayloadCodec {
    /** The most that a block holds, compressed or not. */
    static final int MAX_BLOCK = 128 * 1024;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 0x08;
    private static final int CHECKSUM = 0x04;
    private static final int RAW_BLOCK = 0;
    private static final int REPEATED_BYTE_BLOCK = 1;
    private static final int COMPRESSED_BLOCK = 2;

    @Override
    public void decompress(byte magic, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        do {
            int frameMagic = (int) input.littleEndian(4);
            if (frameMagic == MAGIC) {
                readFrame(input, output);
            } else if ((frameMagic & 0xFFFFFFF0) == SKIPPABLE_MAGIC) {
                input.skip(input.littleEndian(4));
            } else {
                throw new MalformedPayloadException("no frame begins with 0x" + Integer.toHexString(frameMagic));
            }
        } while (input.hasRemaining());
    }

    private static void readFrame(ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        int descriptor = input.unsignedByte();
        boolean singleSegment = (descriptor & SINGLE_SEGMENT) != 0;
        if ((descriptor & RESERVED) != 0) {
            throw new MalformedPayloadException("a frame of a kind that is not known");
        }
        if (!singleSegment) {
            input.skip(1);
        }
        int idSize = 1 << (descriptor & 3) >> 1;
        if (input.littleEndian(idSize) != 0) {
            throw new MalformedPayloadException("a frame that needs a dictionary");
        }
        long size = readContentSize(descriptor >>> 6, singleSegment, input);
        int start = output.size();
        readBlocks(input, start, output);
        if (size >= 0 && output.size() - start != size) {
            throw new MalformedPayloadException("a frame does not have the " + size + " bytes that it announces");
        }
        if ((descriptor & CHECKSUM) != 0) {
            input.skip(Integer.BYTES);
        }
    }

    private static long readContentSize(int width, boolean singleSegment, ByteInput input)
            throws MalformedPayloadException {
        return switch (width) {
            case 0 -> singleSegment ? input.unsignedByte() : -1;
            case 1 -> input.littleEndian(2) + 256;
            case 2 -> input.littleEndian(4);
            default -> Math.max(0, input.littleEndian(8));
        };
    }

    private static void readBlocks(ByteInput input, int history, BoundedOutput output)
            throws MalformedPayloadException {
        ZstdLiterals literals = new ZstdLiterals();
        ZstdSequences sequences = new ZstdSequences();
        int header;
        do {
            header = (int) input.littleEndian(3);
            int size = header >>> 3;
            if (size > MAX_BLOCK) {
                throw new MalformedPayloadException("a block of " + size + " bytes");
            }
            switch (header >>> 1 & 3) {
                case RAW_BLOCK -> output.write(input.array(), input.skip(size), size);
                case REPEATED_BYTE_BLOCK -> output.fill((byte) input.unsignedByte(), size);
                case COMPRESSED_BLOCK -> {
                    ByteInput block = input.part(size);
                    byte[] text = literals.read(block);
                    sequences.execute(block, text, history, output);
                }
                default -> throw new MalformedPayloadException("a block of a type that is not known");
            }
        } while ((header & 1) == 0);
    }

    @Override
    public void compress(byte magic, ByteInput input, BoundedOutput output) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] frame = new byte[compressor.maxCompressedLength(input.remaining())];
        int length = compressor.compress(input.array(), input.position(), input.remaining(), frame, 0, frame.length);
        output.write(frame, 0, length);
    }
}
