package io.strikemq.adapter.compression;

import java.util.Arrays;

/**
 * The literals of Zstandard's blocks (RFC 8878, 3.1.1.3.1). The first byte's bits 0-1 say how they are stored, bits 2-3
 * how long the sizes are that follow; a Huffman table stays in force for later blocks of the frame.
 */
final class ZstdLiterals {
    private static final int RAW = 0;
    private static final int REPEATED_BYTE = 1;
    private static final int COMPRESSED = 2;
    private static final int JUMP_TABLE = 6;

    private HuffmanTable table;

    /** Reads a block's literals and leaves the input behind them. */
    byte[] read(ByteInput input) throws MalformedPayloadException {
        int first = input.unsignedByte();
        int type = first & 3;
        int format = first >>> 2 & 3;
        if (type == RAW || type == REPEATED_BYTE) {
            int size = readSize(first, format, input);
            return type == RAW ? raw(size, input) : repeated(size, input);
        }
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long sizes = first >>> 4 | input.littleEndian(format < 2 ? 2 : format + 1) << 4;
        int size = (int) (sizes & (1L << width) - 1);
        ByteInput compressed = input.part(sizes >>> width & (1L << width) - 1);
        checkSize(size);
        if (type == COMPRESSED) {
            table = HuffmanTable.read(compressed);
        } else if (table == null) {
            throw new MalformedPayloadException("literals that refer to a table which is not there");
        }
        byte[] literals = new byte[size];
        if (format == 0) {
            table.decode(compressed, literals, 0, size);
        } else {
            decodeFour(compressed, literals);
        }
        return literals;
    }

    private static int readSize(int first, int format, ByteInput input) throws MalformedPayloadException {
        int size = switch (format) {
            case 1 -> first >>> 4 | input.unsignedByte() << 4;
            case 3 -> first >>> 4 | (int) input.littleEndian(2) << 4;
            default -> first >>> 3;
        };
        checkSize(size);
        return size;
    }

    private static void checkSize(int size) throws MalformedPayloadException {
        if (size > ZstdCodec.MAX_BLOCK) {
            throw new MalformedPayloadException("literals of " + size + " bytes in one block");
        }
    }

    private static byte[] raw(int size, ByteInput input) throws MalformedPayloadException {
        int from = input.skip(size);
        return Arrays.copyOfRange(input.array(), from, from + size);
    }

    private static byte[] repeated(int size, ByteInput input) throws MalformedPayloadException {
        byte[] literals = new byte[size];
        Arrays.fill(literals, (byte) input.unsignedByte());
        return literals;
    }

    private void decodeFour(ByteInput input, byte[] literals) throws MalformedPayloadException {
        ByteInput sizes = input.part(JUMP_TABLE);
        int each = (literals.length + 3) / 4;
        if (3 * each > literals.length) {
            throw new MalformedPayloadException("four streams for " + literals.length + " literals");
        }
        for (int i = 0; i < 3; i++) {
            table.decode(input.part(sizes.littleEndian(2)), literals, i * each, each);
        }
        table.decode(input, literals, 3 * each, literals.length - 3 * each);
    }
}
