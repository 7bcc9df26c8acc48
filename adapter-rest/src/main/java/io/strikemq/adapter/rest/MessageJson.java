package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message as a peek shows it: {@code offset, timestamp, key, value}, and only where there is need of them
 * {@code key_encoding, value_encoding, headers}.
 */
final class MessageJson {
    private MessageJson() {}

    /** Writes the message, and tells how many bytes its key, value and headers have. */
    static long write(JsonGenerator json, Record message) throws IOException {
        long bytes = size(message.key()) + size(message.value());
        json.writeStartObject();
        json.writeNumberField("offset", message.offset());
        json.writeNumberField("timestamp", message.timestamp());
        TextOrBase64.write(json, "key", message.key());
        TextOrBase64.write(json, "value", message.value());
        TextOrBase64.writeEncoding(json, "key", message.key());
        TextOrBase64.writeEncoding(json, "value", message.value());
        if (!message.headers().isEmpty()) {
            json.writeArrayFieldStart("headers");
            for (RecordHeader header : message.headers()) {
                write(json, header);
                bytes += header.key().length() + size(header.value());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        return bytes;
    }

    private static void write(JsonGenerator json, RecordHeader header) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", header.key());
        TextOrBase64.write(json, "value", header.value());
        TextOrBase64.writeEncoding(json, "value", header.value());
        json.writeEndObject();
    }

    private static long size(ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }
}
