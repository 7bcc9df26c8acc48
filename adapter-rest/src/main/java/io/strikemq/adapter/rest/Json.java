package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Jackson's streaming layer, set up for this API: no data binding, since start-up would pay for it. */
final class Json {
    static final String CONTENT_TYPE = "application/json";

    /** The body's own limit decides how long a value may be, not Jackson's. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    static JsonParser parser(InputStream body) throws IOException {
        return FACTORY.createParser(body);
    }

    static byte[] bytes(JsonAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            answer.writeTo(json);
        }
        return out.toByteArray();
    }

    /** The JSON text of the value that the parser stands at, with numbers as they were written. */
    static String text(JsonParser parser) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.copyCurrentStructureExact(parser);
        }
        return out.toString();
    }

    /** The body of every answer that is not a success. */
    static byte[] error(String message) {
        try {
            return bytes(json -> {
                json.writeStartObject();
                json.writeStringField("error", message);
                json.writeEndObject();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
