package io.strikemq.adapter.compression;

/** The 32-bit xxHash of the LZ4 frame format, with seed 0. */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    private static final int STRIPE = 16;

    private XxHash32() {}

    static int hash(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        int hash = PRIME_5;
        if (length >= STRIPE) {
            int a = PRIME_1 + PRIME_2;
            int b = PRIME_2;
            int c = 0;
            int d = -PRIME_1;
            for (; at + STRIPE <= end; at += STRIPE) {
                a = round(a, intAt(bytes, at));
                b = round(b, intAt(bytes, at + 4));
                c = round(c, intAt(bytes, at + 8));
                d = round(d, intAt(bytes, at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        }
        hash += length;
        for (; at + 4 <= end; at += 4) {
            hash = Integer.rotateLeft(hash + intAt(bytes, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < end; at++) {
            hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static int round(int lane, int input) {
        return Integer.rotateLeft(lane + input * PRIME_2, 13) * PRIME_1;
    }

    private static int avalanche(int hash) {
        int mixed = (hash ^ hash >>> 15) * PRIME_2;
        mixed = (mixed ^ mixed >>> 13) * PRIME_3;
        return mixed ^ mixed >>> 16;
    }

    private static int intAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }
}
