package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;

/** A message as a peek shows it: the encodings and the headers only where there is need of them. */
record ShownMessage(
        long offset,
        long timestamp,
        String key,
        String value,
        @JsonInclude(JsonInclude.Include.NON_NULL) String keyEncoding,
        @JsonInclude(JsonInclude.Include.NON_NULL) String valueEncoding,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Header> headers) {
    /** A header as a peek shows it. */
    record Header(
            String key,
            String value,
            @JsonInclude(JsonInclude.Include.NON_NULL) String valueEncoding) {
        static Header of(RecordHeader header) {
            TextOrBase64 value = TextOrBase64.of(header.value());
            return new Header(header.key(), value.text(), value.encoding());
        }
    }

    static ShownMessage of(Record message) {
        TextOrBase64 key = TextOrBase64.of(message.key());
        TextOrBase64 value = TextOrBase64.of(message.value());
        return new ShownMessage(
                message.offset(),
                message.timestamp(),
                key.text(),
                value.text(),
                key.encoding(),
                value.encoding(),
                message.headers().stream().map(Header::of).toList());
    }

    /** How many bytes the key, the value and the headers of a message have. */
    static long sizeOf(Record message) {
        long bytes = size(message.key()) + size(message.value());
        for (RecordHeader header : message.headers()) {
            bytes += header.key().length() + size(header.value());
        }
        return bytes;
    }

    private static long size(ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }
}
