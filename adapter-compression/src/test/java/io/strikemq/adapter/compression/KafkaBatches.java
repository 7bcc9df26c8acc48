package io.strikemq.adapter.compression;

import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Kafka's own record batches, written and read by its classes. */
final class KafkaBatches {
    private KafkaBatches() {}

    /** Kafka's builder with the offsets of the records, the first one's as base offset. */
    static ByteBuffer build(byte magic, CompressionType compression, List<Record> records) {
        return build(magic, compression, records, RecordBatch.NO_TIMESTAMP);
    }

    /** As above; a log append time other than -1 is every record's timestamp. */
    static ByteBuffer build(byte magic, CompressionType compression, List<Record> records, long logAppendTime) {
        TimestampType type = logAppendTime < 0 ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME;
        long baseOffset = records.isEmpty() ? 0 : records.get(0).offset();
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(512), magic, KafkaCodec.of(compression), type, baseOffset, logAppendTime);
        for (Record record : records) {
            if (magic == 2) {
                builder.appendWithOffset(
                        record.offset(), record.timestamp(), record.key(), record.value(), headers(record.headers()));
            } else {
                builder.appendWithOffset(record.offset(), record.timestamp(), record.key(), record.value());
            }
        }
        return copy(builder.build().buffer());
    }

    /** What Kafka's classes read from batches of any format. */
    static List<Record> read(ByteBuffer batches) {
        List<Record> records = new ArrayList<>();
        for (RecordBatch batch :
                MemoryRecords.readableRecords(batches.duplicate()).batches()) {
            batch.ensureValid();
            for (var record : batch) {
                records.add(new Record(
                        record.offset(), record.timestamp(), record.key(), record.value(), headers(record.headers())));
            }
        }
        return records;
    }

    static ByteBuffer copy(ByteBuffer buffer) {
        return ByteBuffer.wrap(KafkaCodec.bytes(buffer));
    }

    private static Header[] headers(List<RecordHeader> headers) {
        RecordHeaders converted = new RecordHeaders();
        for (RecordHeader header : headers) {
            converted.add(header.key(), header.value() == null ? null : KafkaCodec.bytes(header.value()));
        }
        return converted.toArray();
    }

    private static List<RecordHeader> headers(Header[] headers) {
        List<RecordHeader> converted = new ArrayList<>();
        for (Header header : headers) {
            converted.add(
                    new RecordHeader(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())));
        }
        return converted;
    }
}
