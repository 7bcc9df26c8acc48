package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Whether a body is UTF-8. Parsers are lenient with some of what is not, and so would change it. */
final class BodyText {
    private static final int PIECE = 4 << 10;

    private BodyText() {}

    /** Refuses bytes that are not UTF-8, and tells where the first of them is. */
    static void check(ByteBuffer body) {
        ByteBuffer rest = body.duplicate();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer thrownAway = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            result = decoder.decode(rest, thrownAway.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw Failures.malformed("the body is not UTF-8, from byte " + (rest.position() - body.position())
                    + " on; bytes of any kind are given in base64, with value_encoding or key_encoding");
        }
        if (isOtherUnicode(body)) {
            throw Failures.malformed("the body is not UTF-8, but UTF-16 or UTF-32, or has NUL characters");
        }
    }

    /** The other encodings of Unicode have zeros among the first bytes of any JSON, by which parsers detect them. */
    private static boolean isOtherUnicode(ByteBuffer body) {
        for (int at = body.position(); at < Math.min(body.limit(), body.position() + 4); at++) {
            if (body.get(at) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The first byte of the first character that is neither white space nor a byte order mark; -1 where there is none. */
    static int firstCharacter(ByteBuffer body) {
        for (int at = body.position() + byteOrderMark(body); at < body.limit(); at++) {
            int unsigned = body.get(at) & 0xff;
            if (unsigned > ' ') {
                return unsigned;
            }
        }
        return -1;
    }

    /** How many bytes say that UTF-8 follows, as some editors and shells put them in front; parsers pass them over too. */
    private static int byteOrderMark(ByteBuffer body) {
        int at = body.position();
        boolean isThere = body.remaining() >= 3
                && body.get(at) == (byte) 0xef
                && body.get(at + 1) == (byte) 0xbb
                && body.get(at + 2) == (byte) 0xbf;
        return isThere ? 3 : 0;
    }
}
