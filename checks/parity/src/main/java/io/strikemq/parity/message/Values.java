package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.strikemq.wire.generator.model.FieldType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * How strings and bytes stand in cases and answers: as text where they are UTF-8, otherwise as {@code {base64: …}}; in cases
 * also as so many letters, {@code {letters: 300}}.
 * Bytes may also be a message of Kafka's with its version in front: {@code {ConsumerProtocolSubscription@1: {…}}}.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BASE64 = "base64";
    private static final String LETTERS = "letters";

    private Values() {}

    /** The bytes of a string, or null. */
    static ByteBuffer text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.has(LETTERS)) {
            return ByteBuffer.wrap("x".repeat(value.get(LETTERS).asInt()).getBytes(StandardCharsets.UTF_8));
        }
        return value.has(BASE64)
                ? base64(value)
                : ByteBuffer.wrap(value.asText("").getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer bytes(Messages messages, JsonNode value) {
        if (value.isObject() && !value.has(BASE64) && !value.has(LETTERS)) {
            Map.Entry<String, JsonNode> message = value.properties().iterator().next();
            return messages.writeVersioned(message.getKey(), message.getValue());
        }
        return text(value);
    }

    /** Batches as cases describe them, or whatever bytes stand there. */
    static ByteBuffer records(JsonNode value) {
        return value.isArray() || value.has("records") ? BatchBuilder.batches(value) : text(value);
    }

    private static ByteBuffer base64(JsonNode value) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(value.get(BASE64).asText()));
    }

    /** A default as definitions spell it. */
    static JsonNode parsed(FieldType type, String text) {
        if (type == FieldType.Primitive.BOOL) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (type == FieldType.Primitive.STRING || type == FieldType.Primitive.UUID) {
            return JSON.textNode(text);
        }
        return JSON.numberNode(Long.decode(text));
    }

    static JsonNode shown(ByteBuffer bytes) {
        if (bytes == null) {
            return NullNode.getInstance();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            return JSON.textNode(text);
        } catch (CharacterCodingException e) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return JSON.objectNode().put(BASE64, Base64.getEncoder().encodeToString(copy));
        }
    }

    static JsonNode shownRecords(ByteBuffer bytes) {
        return bytes == null ? NullNode.getInstance() : BatchView.of(bytes);
    }
}
