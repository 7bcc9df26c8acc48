package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Jackson, set up for this API: records are bodies and answers, their components are snake_case fields. */
final class Json {
    static final String CONTENT_TYPE = "application/json";

    /** The body's own limit decides how long a value may be, not Jackson's. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** Data binding, which is loaded by the first call that needs it: start-up shall not pay for it. */
    private static final class Binding {
        static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .disable(SerializationFeature.WRAP_EXCEPTIONS)
                .withCoercionConfig(LogicalType.Textual, texts -> {
                    texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    /**
     * Reads a body that is one object, from a buffer that is the start of an array.
     *
     * @throws RuntimeException a BrokerException that names the place, for anything that is not such a body
     */
    static <T> T read(ByteBuffer body, Class<T> type) {
        return read(body, Binding.MAPPER.constructType(type), "");
    }

    /** Reads a body that is an array; {@code name} is what errors call it. */
    static <T> List<T> readList(ByteBuffer body, Class<T> type, String name) {
        return read(body, Binding.MAPPER.getTypeFactory().constructCollectionType(List.class, type), name);
    }

    private static <T> T read(ByteBuffer body, JavaType type, String name) {
        BodyText.check(body);
        if (BodyText.firstCharacter(body) < 0) {
            throw Failures.malformed("the body is empty; it has to be JSON");
        }
        try (JsonParser json = FACTORY.createParser(body.array(), body.position(), body.remaining())) {
            try {
                T value = Binding.MAPPER.readerFor(type).readValue(json);
                if (json.nextToken() != null) {
                    throw Failures.malformed("the body goes on after its end");
                }
                return value;
            } catch (IOException e) {
                throw JsonFaults.told(e, json, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** A value as JSON, its memory counted. */
    static ByteBuffer bytes(Object value, MemoryBudget.Share memory) {
        BudgetedBytes out = new BudgetedBytes(memory);
        write(out, value);
        return out.written();
    }

    /** A value as JSON, which is as small as the call that it was made from. */
    static ByteBuffer bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** The JSON value that these bytes are; null where they are none. */
    static JsonNode treeOrNull(byte[] bytes) {
        try {
            return Binding.MAPPER.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }

    /** Writes a value, and leaves the stream open. */
    static void write(OutputStream out, Object value) {
        try {
            Binding.MAPPER.writeValue(out, value);
        } catch (IOException e) {
            // Jackson wraps what the stream throws: a refusal for want of memory would be taken for a bug.
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** The JSON text of the value that the parser stands at, with numbers as they were written. */
    static String text(JsonParser parser) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.copyCurrentStructureExact(parser);
        }
        return out.toString();
    }

    /** The body of every answer that is not a success; it needs no data binding. */
    static byte[] error(String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }
}
