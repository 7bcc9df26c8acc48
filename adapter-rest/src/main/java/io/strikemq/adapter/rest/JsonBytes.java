package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that a body gives as a field and, before or after it, a field for its encoding.
 *
 * <p>A string stands for its UTF-8 bytes, or for what it is in base64; null for none. Anything else, a number or an
 * object say, stands for its own JSON text, which is what users expect to find in the topic.
 */
final class JsonBytes {
    private final String where;
    private String encoding = TextOrBase64.UTF_8;
    private String text;
    private boolean present;
    private boolean string;

    /** {@code where} names the field in errors. */
    JsonBytes(String where) {
        this.where = where;
    }

    void readValue(JsonParser json) throws IOException {
        present = true;
        string = json.currentToken() == JsonToken.VALUE_STRING;
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            text = null;
        } else if (json.currentToken().isScalarValue()) {
            text = json.getText();
        } else {
            text = Json.text(json);
        }
    }

    void readEncoding(JsonParser json) throws IOException {
        String named = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        switch (named) {
            case TextOrBase64.BASE64 -> encoding = TextOrBase64.BASE64;
            case TextOrBase64.UTF_8, "utf8" -> encoding = TextOrBase64.UTF_8;
            default ->
                throw Failures.malformed(where + TextOrBase64.ENCODING_SUFFIX + " must be \"utf-8\" or \"base64\"");
        }
    }

    /** The bytes; null where the field is null or not there. */
    ByteBuffer bytes() {
        if (text == null) {
            return null;
        }
        if (!string && encoding.equals(TextOrBase64.BASE64)) {
            throw Failures.malformed(where + " must be a string, since it is said to be base64");
        }
        return TextOrBase64.bytes(text, encoding, where);
    }

    /** The bytes of a field that has to be there; null where it is null. */
    ByteBuffer required() {
        if (!present) {
            throw Failures.malformed(where + " is missing");
        }
        return bytes();
    }
}
