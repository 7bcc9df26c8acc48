package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordHeader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever bytes a message has, what a peek shows can be produced again and is then the same message. */
class RoundTripProperties {
    private static RestFixture rest;

    @BeforeContainer
    static void start() throws IOException {
        rest = new RestFixture();
        rest.topics.with("from", 1).with("to", 1).with("texts", 1);
    }

    @AfterContainer
    static void stop() {
        rest.close();
    }

    @Property(tries = 150)
    void anyMessageSurvivesPeekAndProduce(@ForAll("messages") Record message) {
        long offset = end("from");
        rest.topics.append(
                "from",
                0,
                new RecordBatchBuilder()
                        .append(message.timestamp(), message.key(), message.value(), message.headers())
                        .build(rest.codecs));
        String shown = peek("from", offset);
        String answer = rest.post("/v1/topics/to/messages", shown).body();
        assertEquals("{\"topic\":\"to\",\"partition\":0,\"base_offset\":" + offset + ",\"record_count\":1}", answer);
        assertEquals(shown, peek("to", offset));
    }

    @Property(tries = 150)
    void anyTextIsShownAsItWasProduced(@ForAll("texts") String key, @ForAll("texts") String value) throws IOException {
        long offset = end("texts");
        String fields = json(key, value);
        rest.post("/v1/topics/texts/messages", "{\"messages\":[" + fields + "]}");
        assertEquals(
                "[{\"offset\":" + offset + ",\"timestamp\":" + RestFixture.NOW + "," + fields.substring(1) + "]",
                peek("texts", offset));
    }

    @Provide
    Arbitrary<Record> messages() {
        Arbitrary<RecordHeader> header = Combinators.combine(texts(), bytes()).as(RecordHeader::new);
        Arbitrary<Long> timestamps = Arbitraries.longs().between(-1, Long.MAX_VALUE / 2);
        return Combinators.combine(timestamps, bytes(), bytes(), header.list().ofMaxSize(3))
                .as((timestamp, key, value, headers) -> new Record(0, timestamp, key, value, headers));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static Arbitrary<ByteBuffer> bytes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(20)
                .map(ByteBuffer::wrap)
                .injectNull(0.1);
    }

    private static String peek(String topic, long offset) {
        return rest.get("/v1/topics/" + topic + "/messages?limit=1&offset=" + offset)
                .body();
    }

    private static long end(String topic) {
        String shown = rest.get("/v1/topics/" + topic).body();
        return Long.parseLong(shown.replaceFirst(".*\"end_offset\":(\\d+).*", "$1"));
    }

    private static String json(String key, String value) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("key", key);
            json.writeStringField("value", value);
            json.writeEndObject();
        }
        return out.toString();
    }
}
