package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/**
 * A field that takes any JSON value: a string stands for itself, null for null, and anything else for its own JSON
 * text, with numbers as they were written. A field that is not there is no JsonValue at all.
 *
 * @param text     null for null
 * @param isString whether it was written as a string
 */
@JsonDeserialize(using = JsonValue.Reader.class)
record JsonValue(String text, boolean isString) {
    static final JsonValue NULL = new JsonValue(null, false);

    static final class Reader extends StdDeserializer<JsonValue> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(JsonValue.class);
        }

        @Override
        public JsonValue deserialize(JsonParser json, DeserializationContext context) throws IOException {
            boolean isString = json.currentToken() == JsonToken.VALUE_STRING;
            return new JsonValue(json.currentToken().isScalarValue() ? json.getText() : Json.text(json), isString);
        }

        @Override
        public JsonValue getNullValue(DeserializationContext context) {
            return NULL;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
