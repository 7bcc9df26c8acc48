package io.strikemq.adapter.compression;

import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.PrimitiveRef;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogValidator;
import org.apache.kafka.storage.internals.log.RecordValidationException;

/**
 * What a Kafka broker makes of produced records: its request check and its LogValidator, and between them the checks of
 * its log's append, which are not open to others and so are written out here.
 */
final class KafkaProduce {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private static final int FIRST_VERSION_OF_V2 = 3;

    private final TopicSettings topic;
    private final long now;

    KafkaProduce(TopicSettings topic, long now) {
        this.topic = topic;
        this.now = now;
    }

    /** An error, or NONE with the bytes for the log; those are null where nothing is to be appended. */
    record Outcome(Errors error, ByteBuffer batches, long maxTimestamp) {}

    Outcome produce(ByteBuffer produced, short version) {
        MemoryRecords records = MemoryRecords.readableRecords(produced.duplicate());
        try {
            // Kafka 4 has no older version any more; Kafka 3 had this same condition within.
            if (version >= FIRST_VERSION_OF_V2) {
                ProduceRequest.validateRecords(version, records);
            }
            CompressionType source = analyze(records);
            if (records.validBytes() == 0) {
                return new Outcome(Errors.NONE, null, -1);
            }
            return validate(
                    MemoryRecords.readableRecords(
                            produced.duplicate().limit(produced.position() + records.validBytes())),
                    source);
        } catch (RecordValidationException e) {
            return new Outcome(Errors.forException(e.invalidException()), null, -1);
        } catch (RuntimeException e) {
            return new Outcome(Errors.forException(e), null, -1);
        }
    }

    private CompressionType analyze(MemoryRecords records) {
        CompressionType source = CompressionType.NONE;
        for (RecordBatch batch : records.batches()) {
            if (batch.magic() >= RecordBatch.MAGIC_VALUE_V2 && batch.baseOffset() != 0) {
                throw new InvalidRecordException("base offset");
            }
            checkSize(batch);
            if (!batch.isValid()) {
                throw new CorruptRecordException("crc");
            }
            if (batch.compressionType() != CompressionType.NONE) {
                source = batch.compressionType();
            }
        }
        return source;
    }

    private void checkSize(RecordBatch batch) {
        if (batch.sizeInBytes() > topic.maxMessageBytes()) {
            throw new RecordTooLargeException("size");
        }
    }

    private Outcome validate(MemoryRecords records, CompressionType source) {
        String target = topic.compression()
                .map(compression -> compression.type().configName())
                .orElse(source.name);
        TimestampType type = TimestampType.forName(topic.timestampType().configName());
        var validator = new LogValidator(
                records,
                PARTITION,
                new FixedTime(now),
                source,
                Compression.of(target).build(),
                topic.isCompacted(),
                (byte) 2,
                type,
                topic.timestampBeforeMaxMs(),
                topic.timestampAfterMaxMs(),
                3,
                AppendOrigin.CLIENT);
        var result = validator.validateMessagesAndAssignOffsets(
                PrimitiveRef.ofLong(500), new NoMetrics(), BufferSupplier.NO_CACHING);
        if (result.messageSizeMaybeChanged()) {
            result.validatedRecords().batches().forEach(this::checkSize);
        }
        return new Outcome(Errors.NONE, result.validatedRecords().buffer(), result.maxTimestampMs());
    }

    private static final class NoMetrics implements LogValidator.MetricsRecorder {
        @Override
        public void recordInvalidMagic() {}

        @Override
        public void recordInvalidOffset() {}

        @Override
        public void recordInvalidSequence() {}

        @Override
        public void recordInvalidChecksums() {}

        @Override
        public void recordNoKeyCompactedTopic() {}
    }
}
