package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a produce request:
 *
 * <pre>
 * {"messages": [{"key": …, "value": …, "headers": [{"key": …, "value": …}], "partition": 0, "timestamp": …,
 *                "key_encoding": "base64", "value_encoding": "base64"}],
 *  "partition": 0}
 * </pre>
 *
 * <p>or the array of messages alone, as a peek answers it. Only the messages and their values are required. All
 * partitions that are named have to be the same, because the messages become one batch.
 */
record ProduceBody(List<Message> messages, Integer partition) {
    private static final String MESSAGES = "messages";

    /** One message; {@code offset} is what a peek shows, and nothing is made of it. */
    record Message(
            JsonValue key,
            JsonValue value,
            @JsonDeserialize(using = HeadersReader.class) List<Header> headers,
            Integer partition,
            Long timestamp,
            String keyEncoding,
            String valueEncoding,
            Long offset) {}

    /** A header; the value may be null, but has to be there. */
    record Header(String key, JsonValue value, String valueEncoding) {}

    /** Reads a body, and checks all but the values themselves. */
    static ProduceBody read(ByteBuffer json) {
        boolean isArray = BodyText.firstCharacter(json) == '[';
        ProduceBody body = isArray
                ? new ProduceBody(Json.readList(json, Message.class, MESSAGES), null)
                : Json.read(json, ProduceBody.class);
        if (body == null) {
            throw Failures.malformed("the body must be an object with a field 'messages', or an array of messages");
        }
        body.check();
        return body;
    }

    private void check() {
        if (messages == null) {
            throw Failures.malformed("the body has no field 'messages'");
        }
        if (messages.isEmpty()) {
            throw Failures.malformed("'messages' is empty: give at least one message");
        }
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) == null) {
                throw Failures.malformed(where(i) + " must be an object");
            }
            check(messages.get(i).timestamp(), -1, where(i) + ".timestamp");
            check(messages.get(i).offset(), 0, where(i) + ".offset");
        }
    }

    private static void check(Long number, long least, String where) {
        if (number != null && number < least) {
            throw Failures.malformed(where + " must be a whole number from " + least + " on");
        }
    }

    /** What errors call a message. */
    static String where(int message) {
        return MESSAGES + "[" + message + "]";
    }

    /** The one partition that the body names; null where it names none. */
    Integer namedPartition() {
        Integer named = agreed(null, partition, "partition");
        for (int i = 0; i < messages.size(); i++) {
            named = agreed(named, messages.get(i).partition(), where(i) + ".partition");
        }
        return named;
    }

    private static Integer agreed(Integer before, Integer named, String where) {
        if (named == null) {
            return before;
        }
        if (named < 0) {
            throw Failures.malformed(where + " must be a whole number from 0 on");
        }
        if (before != null && !before.equals(named)) {
            throw Failures.malformed(where + " is " + named + ", but another one named is " + before
                    + ": the messages of one request go to one partition");
        }
        return named;
    }

    /** Headers may also be an object of names and values. */
    static final class HeadersReader extends StdDeserializer<List<Header>> {
        private static final long serialVersionUID = 1L;

        HeadersReader() {
            super(List.class);
        }

        @Override
        public List<Header> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return switch (json.currentToken()) {
                case START_ARRAY ->
                    context.readValue(json, context.getTypeFactory().constructCollectionType(List.class, Header.class));
                case START_OBJECT -> fields(json, context);
                default -> context.reportInputMismatch(this, "headers are an array or an object");
            };
        }

        private static List<Header> fields(JsonParser json, DeserializationContext context) throws IOException {
            List<Header> headers = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                headers.add(new Header(
                        name,
                        value == JsonToken.VALUE_NULL ? JsonValue.NULL : context.readValue(json, JsonValue.class),
                        null));
            }
            return headers;
        }
    }
}
