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

    /** The first character that is not white space; -1 where there is none. */
    static int firstCharacter(ByteBuffer body) {
        for (int at = body.position(); at < body.limit(); at++) {
            if (body.get(at) > ' ' || body.get(at) < 0) {
                return body.get(at);
            }
        }
        return -1;
    }
}
