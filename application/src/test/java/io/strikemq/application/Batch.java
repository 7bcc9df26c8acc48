package io.strikemq.application;

import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A record batch as a client makes it, said briefly. */
public final class Batch {
    private final RecordBatchBuilder builder = new RecordBatchBuilder();
    private final long timestamp;

    /** A batch whose records have this timestamp unless they say otherwise. */
    public Batch(long timestamp) {
        this.timestamp = timestamp;
    }

    public Batch records(String... values) {
        for (String value : values) {
            record(timestamp, value);
        }
        return this;
    }

    public Batch record(long recordTimestamp, String value) {
        builder.append(recordTimestamp, null, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** A record with a key; a null value makes it a tombstone. */
    public Batch keyed(String key, String value) {
        builder.append(timestamp, bytes(key), value == null ? null : bytes(value));
        return this;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public Batch logAppendTime() {
        builder.logAppendTime(timestamp);
        return this;
    }

    public Batch producer(long id, int epoch, int baseSequence) {
        builder.producer(new ProducerIdentity(id, (short) epoch), baseSequence);
        return this;
    }

    public Batch compressed(CompressionType type) {
        builder.compression(type);
        return this;
    }

    public Batch transactional() {
        builder.transactional();
        return this;
    }

    public ByteBuffer build(CompressionCodecs codecs) {
        return builder.build(codecs);
    }
}
