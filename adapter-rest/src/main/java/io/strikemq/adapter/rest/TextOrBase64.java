package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How bytes appear in JSON: as text where they are UTF-8, else in base64 with a field {@code …_encoding} that says
 * so. Whatever is shown can be sent back and becomes the same bytes.
 *
 * @param text     null for no bytes at all
 * @param encoding what to show beside the text: {@code base64}, or null for text
 */
record TextOrBase64(String text, String encoding) {
    private static final String BASE64 = "base64";
    private static final String UTF_8 = "utf-8";

    /** How these bytes appear; null for null. */
    static TextOrBase64 of(ByteBuffer bytes) {
        if (bytes == null) {
            return new TextOrBase64(null, null);
        }
        try {
            return new TextOrBase64(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(bytes.duplicate())
                            .toString(),
                    null);
        } catch (CharacterCodingException e) {
            ByteBuffer encoded = Base64.getEncoder().encode(bytes.duplicate());
            return new TextOrBase64(StandardCharsets.ISO_8859_1.decode(encoded).toString(), BASE64);
        }
    }

    /** The bytes that a field gives, in the encoding that another names; {@code where} names the field in an error. */
    static ByteBuffer bytes(JsonValue value, String encoding, String where) {
        boolean isBase64 = isBase64(encoding, where);
        if (value == null || value.text() == null) {
            return null;
        }
        if (isBase64 && !value.isString()) {
            throw Failures.malformed(where + " must be a string, since it is said to be base64");
        }
        return isBase64 ? fromBase64(value.text(), where) : fromText(value.text(), where);
    }

    private static boolean isBase64(String encoding, String where) {
        if (encoding == null || encoding.equals(UTF_8) || encoding.equals("utf8")) {
            return false;
        }
        if (encoding.equals(BASE64)) {
            return true;
        }
        throw Failures.malformed(where + "_encoding must be \"utf-8\" or \"base64\"");
    }

    private static ByteBuffer fromBase64(String text, String where) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw Failures.malformed(where + " is not base64: " + e.getMessage());
        }
    }

    private static ByteBuffer fromText(String text, String where) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw Failures.malformed(where + " has half of a surrogate pair, which UTF-8 cannot hold");
        }
    }
}
