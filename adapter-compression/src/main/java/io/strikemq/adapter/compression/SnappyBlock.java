package io.strikemq.adapter.compression;

/**
 * One block of snappy ("Snappy compressed format description"): the plain length as a varint, then literals and copies.
 * The two low bits of an element's first byte say which:
 *
 * <pre>
 * 00 literal          length-1 in 6 bits; 60 to 63 mean that 1 to 4 bytes hold it
 * 01 copy             length-4 in 3 bits, distance in 3 + 8 bits
 * 10 copy             length-1 in 6 bits, distance in 2 bytes
 * 11 copy             length-1 in 6 bits, distance in 4 bytes
 * </pre>
 */
final class SnappyBlock {
    private static final int HASH_BITS = 13;
    private static final int MIN_MATCH = 4;
    private static final int MAX_COPY = 64;
    private static final int LONGEST_INLINE_LITERAL = 60;

    private SnappyBlock() {}

    static void decode(ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        long length = readLength(input);
        int start = output.size();
        while (input.hasRemaining()) {
            int tag = input.unsignedByte();
            switch (tag & 3) {
                case 0 -> copyLiteral(tag, input, output);
                case 1 -> repeat(output, start, (tag >>> 5) << 8 | input.unsignedByte(), 4 + (tag >>> 2 & 7));
                case 2 -> repeat(output, start, input.littleEndian(2), 1 + (tag >>> 2));
                default -> repeat(output, start, input.littleEndian(4), 1 + (tag >>> 2));
            }
            if (output.size() - start > length) {
                throw new MalformedPayloadException("a block is longer than the " + length + " bytes announced");
            }
        }
        if (output.size() - start != length) {
            throw new MalformedPayloadException(
                    "a block has " + (output.size() - start) + " bytes and announces " + length);
        }
    }

    private static long readLength(ByteInput input) throws MalformedPayloadException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = input.unsignedByte();
            length |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return length;
            }
        }
        throw new MalformedPayloadException("a block's length does not end");
    }

    private static void copyLiteral(int tag, ByteInput input, BoundedOutput output) throws MalformedPayloadException {
        long length = tag >>> 2;
        if (length >= LONGEST_INLINE_LITERAL) {
            length = input.littleEndian((int) length - LONGEST_INLINE_LITERAL + 1);
        }
        int from = input.skip(length + 1);
        output.write(input.array(), from, (int) length + 1);
    }

    private static void repeat(BoundedOutput output, int start, long distance, int length)
            throws MalformedPayloadException {
        if (distance == 0 || distance > output.size() - start) {
            throw new MalformedPayloadException("a copy from " + distance + " back, of " + (output.size() - start));
        }
        output.repeat((int) distance, length);
    }

    /** How large {@code plain} bytes may become. */
    static int maxEncodedSize(int plain) {
        return 32 + plain + plain / 6;
    }

    /** Encodes at most 64 KB greedily into {@code target} and returns the encoded size. */
    static int encode(byte[] source, int from, int length, byte[] target) {
        int at = writeLength(target, length);
        int[] lastSeen = new int[1 << HASH_BITS];
        int end = from + length;
        int literalStart = from;
        int position = from;
        while (position + MIN_MATCH <= end) {
            int sequence = intAt(source, position);
            int slot = sequence * 0x1E35A7BD >>> 32 - HASH_BITS;
            int candidate = from + lastSeen[slot] - 1;
            lastSeen[slot] = position - from + 1;
            if (candidate < from || intAt(source, candidate) != sequence) {
                position++;
                continue;
            }
            int matched = MIN_MATCH;
            while (position + matched < end && source[candidate + matched] == source[position + matched]) {
                matched++;
            }
            at = writeLiteral(source, literalStart, position - literalStart, target, at);
            at = writeCopy(position - candidate, matched, target, at);
            position += matched;
            literalStart = position;
        }
        return writeLiteral(source, literalStart, end - literalStart, target, at);
    }

    private static int intAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    private static int writeLength(byte[] target, int length) {
        int at = 0;
        int rest = length;
        while (rest >= 0x80) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }

    private static int writeLiteral(byte[] source, int from, int length, byte[] target, int start) {
        if (length == 0) {
            return start;
        }
        int at = start;
        int stored = length - 1;
        if (stored < LONGEST_INLINE_LITERAL) {
            target[at++] = (byte) (stored << 2);
        } else if (stored < 0x100) {
            target[at++] = (byte) (LONGEST_INLINE_LITERAL << 2);
            target[at++] = (byte) stored;
        } else {
            target[at++] = (byte) (LONGEST_INLINE_LITERAL + 1 << 2);
            target[at++] = (byte) stored;
            target[at++] = (byte) (stored >>> 8);
        }
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }

    private static int writeCopy(int distance, int length, byte[] target, int start) {
        int at = start;
        for (int rest = length; rest > 0; rest -= MAX_COPY) {
            target[at++] = (byte) (Math.min(rest, MAX_COPY) - 1 << 2 | 2);
            target[at++] = (byte) distance;
            target[at++] = (byte) (distance >>> 8);
        }
        return at;
    }
}
