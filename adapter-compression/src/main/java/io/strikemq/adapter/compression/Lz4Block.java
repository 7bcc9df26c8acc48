package io.strikemq.adapter.compression;

/**
 * One block of LZ4 ("LZ4 Block Format Description"): sequences of a token (4 bits of literal length, 4 bits of match
 * length - 4; 15 means that further bytes are added), literals, and a match's distance in 2 bytes. The last sequence is
 * literals alone.
 */
final class Lz4Block {
    private static final int HASH_BITS = 13;
    private static final int MIN_MATCH = 4;
    /** The format's end rules: the last bytes are literals, and no match begins shortly before them. */
    private static final int LAST_LITERALS = 5;

    private static final int LAST_MATCH_START = 12;
    private static final int RUN_MASK = 15;

    private Lz4Block() {}

    /** Decodes a block; its matches may reach back to {@code history}, an index of the output. */
    static void decode(ByteInput input, BoundedOutput output, int history) throws MalformedPayloadException {
        while (input.hasRemaining()) {
            int token = input.unsignedByte();
            long literals = readLength(token >>> 4, input);
            int from = input.skip(literals);
            output.write(input.array(), from, (int) literals);
            if (!input.hasRemaining()) {
                return;
            }
            int distance = (int) input.littleEndian(2);
            long matched = MIN_MATCH + readLength(token & RUN_MASK, input);
            if (distance == 0 || distance > output.size() - history || matched > Integer.MAX_VALUE) {
                throw new MalformedPayloadException("a match of " + matched + " bytes from " + distance + " back");
            }
            output.repeat(distance, (int) matched);
        }
    }

    private static long readLength(int start, ByteInput input) throws MalformedPayloadException {
        long length = start;
        if (start == RUN_MASK) {
            int more;
            do {
                more = input.unsignedByte();
                length += more;
            } while (more == 0xFF);
        }
        return length;
    }

    /** How large {@code plain} bytes may become. */
    static int maxEncodedSize(int plain) {
        return plain + plain / 255 + 16;
    }

    /** Encodes at most 64 KB greedily into {@code target} and returns the encoded size. */
    static int encode(byte[] source, int from, int length, byte[] target) {
        int[] lastSeen = new int[1 << HASH_BITS];
        int end = from + length;
        int at = 0;
        int literalStart = from;
        int position = from;
        while (position <= end - LAST_MATCH_START) {
            int sequence = intAt(source, position);
            int slot = sequence * 0x9E3779B1 >>> 32 - HASH_BITS;
            int candidate = from + lastSeen[slot] - 1;
            lastSeen[slot] = position - from + 1;
            if (candidate < from || intAt(source, candidate) != sequence) {
                position++;
                continue;
            }
            int matched = MIN_MATCH;
            while (position + matched < end - LAST_LITERALS
                    && source[candidate + matched] == source[position + matched]) {
                matched++;
            }
            at = writeLiterals(source, literalStart, position - literalStart, matched - MIN_MATCH, target, at);
            at = writeMatch(position - candidate, matched - MIN_MATCH, target, at);
            position += matched;
            literalStart = position;
        }
        return writeLiterals(source, literalStart, end - literalStart, 0, target, at);
    }

    private static int writeLiterals(byte[] source, int from, int length, int matchCode, byte[] target, int start) {
        int at = start;
        target[at++] = (byte) (Math.min(length, RUN_MASK) << 4 | Math.min(matchCode, RUN_MASK));
        at = writeLength(length, target, at);
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }

    private static int writeMatch(int distance, int matchCode, byte[] target, int start) {
        target[start] = (byte) distance;
        target[start + 1] = (byte) (distance >>> 8);
        return writeLength(matchCode, target, start + 2);
    }

    private static int writeLength(int length, byte[] target, int start) {
        int at = start;
        if (length >= RUN_MASK) {
            int rest = length - RUN_MASK;
            for (; rest >= 0xFF; rest -= 0xFF) {
                target[at++] = (byte) 0xFF;
            }
            target[at++] = (byte) rest;
        }
        return at;
    }

    private static int intAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }
}
