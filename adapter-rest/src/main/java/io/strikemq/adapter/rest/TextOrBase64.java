package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How bytes appear in JSON: as text where they are UTF-8, else in base64 with a field {@code …_encoding} that says
 * so. Whatever is shown can be sent back and becomes the same bytes.
 */
final class TextOrBase64 {
    static final String BASE64 = "base64";
    static final String UTF_8 = "utf-8";
    static final String ENCODING_SUFFIX = "_encoding";

    private TextOrBase64() {}

    /** Writes a field of these bytes; null for null. */
    static void write(JsonGenerator json, String field, ByteBuffer bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField(field);
            return;
        }
        String text = text(bytes);
        json.writeStringField(field, text == null ? base64(bytes) : text);
    }

    /** Writes the field that tells the encoding, only for bytes that are not text. */
    static void writeEncoding(JsonGenerator json, String field, ByteBuffer bytes) throws IOException {
        if (bytes != null && text(bytes) == null) {
            json.writeStringField(field + ENCODING_SUFFIX, BASE64);
        }
    }

    /** The bytes of a string in JSON, by its encoding; {@code where} names it in an error. */
    static ByteBuffer bytes(String text, String encoding, String where) {
        if (encoding.equals(BASE64)) {
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw Failures.malformed(where + " is not base64: " + e.getMessage());
            }
        }
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw Failures.malformed(where + " has half of a surrogate pair, which UTF-8 cannot hold");
        }
    }

    private static String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String base64(ByteBuffer bytes) {
        ByteBuffer encoded = Base64.getEncoder().encode(bytes.duplicate());
        return StandardCharsets.ISO_8859_1.decode(encoded).toString();
    }
}
