package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.record.ValidatedRecords.RefusedBy;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Checks what a client sends to one partition, as Kafka does before it appends, and in Kafka's order, since that
 * decides which error a client sees: the request's formats; then each batch's base offset, size and CRC; then the
 * batch's header; then each record. What is no v2 batch of the topic's compression becomes one.
 *
 * <p>Two answers differ from Kafka's UNKNOWN_SERVER_ERROR: records that do not decompress are INVALID_RECORD, and an
 * unknown compression type is UNSUPPORTED_COMPRESSION_TYPE. Clients retry neither. Safe for any thread.
 */
public final class ProduceValidation {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final RecordReader reader;
    private final CompressionCodecs codecs;

    /** A check that reads compressed batches with {@code reader} and writes them with {@code codecs}. */
    public ProduceValidation(RecordReader reader, CompressionCodecs codecs) {
        this.reader = reader;
        this.codecs = codecs;
    }

    /**
     * Checks records, from the buffer's position to its limit, and makes them ready for the log. A v2 batch that
     * needs no conversion stays where it is; its timestamp fields may be set in place.
     *
     * @param produced what the client sent; null counts as nothing
     * @param now      the wall clock in ms
     */
    public ValidatedRecords validate(ByteBuffer produced, Formats formats, TopicSettings topic, long now) {
        ByteBuffer records = produced == null ? NOTHING : produced;
        EntryScanner scanner = new EntryScanner(records);
        try {
            if (formats != Formats.ANY) {
                checkOneV2Batch(records, scanner, formats);
            } else if (!scanner.next()) {
                return new ValidatedRecords.Empty();
            }
        } catch (BrokerException e) {
            return new ValidatedRecords.Refused(e.error(), e.getMessage(), List.of(), RefusedBy.REQUEST);
        }
        return validateFrom(scanner, records, topic, now);
    }

    private ValidatedRecords validateFrom(EntryScanner scanner, ByteBuffer records, TopicSettings topic, long now) {
        try {
            int at = scanner.at();
            if (scanner.magic() == MessageFormat.V2) {
                checkEntry(records, scanner, topic);
                refuseMoreEntries(records, scanner, topic);
                return validateBatch(new RecordBatch(records, at), topic, now);
            }
            return new UpConversion(reader, codecs, topic, now).convert(checkedMessages(records, scanner, topic));
        } catch (BrokerException e) {
            return new ValidatedRecords.Refused(e.error(), e.getMessage(), List.of(), RefusedBy.LOG);
        }
    }

    /**
     * Whether {@link #validate} would be the first to use a codec, which reads files: not for threads that must not wait.
     */
    public boolean usesNewCodec(ByteBuffer produced, TopicSettings topic) {
        CompressionType source = produced == null ? CompressionType.NONE : EntryScanner.firstCompression(produced);
        return !codecs.isAtHand(source) || !codecs.isAtHand(targetType(topic, source));
    }

    private static void checkOneV2Batch(ByteBuffer records, EntryScanner scanner, Formats formats) {
        if (!scanner.next()) {
            throw invalid("a produce request of version 3 or newer needs a record batch for each partition");
        }
        if (scanner.magic() != MessageFormat.V2) {
            throw invalid("a produce request of version 3 or newer takes magic 2 only, not " + scanner.magic());
        }
        int at = scanner.at();
        if (formats == Formats.V2_WITHOUT_ZSTD && new RecordBatch(records, at).compression() == CompressionType.ZSTD) {
            throw new BrokerException(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "a produce request may use zstd from version 7 on");
        }
        EntryScanner rest = new EntryScanner(records.duplicate().position(at + scanner.size()));
        if (rest.next()) {
            throw invalid("a produce request of version 3 or newer takes one record batch for each partition");
        }
    }

    /** What each batch or message of format 0 or 1 must be, before anything is read from it. */
    private static void checkEntry(ByteBuffer records, EntryScanner entry, TopicSettings topic) {
        int at = entry.at();
        boolean v2 = entry.magic() == MessageFormat.V2;
        if (v2 && BatchLayout.baseOffset(records, at) != 0) {
            throw invalid("a produced batch should have base offset 0, not " + BatchLayout.baseOffset(records, at));
        }
        checkSize(entry.size(), topic);
        boolean whole = v2
                ? entry.size() >= BatchLayout.HEADER_SIZE && BatchLayout.crcMatches(records, at, entry.size())
                : new LegacyMessage(records, at, entry.size()).crcMatches();
        if (!whole) {
            throw new BrokerException(ErrorCode.CORRUPT_MESSAGE, "the CRC is not that of the bytes");
        }
    }

    private static void refuseMoreEntries(ByteBuffer records, EntryScanner first, TopicSettings topic) {
        boolean more = false;
        while (first.next()) {
            checkEntry(records, first, topic);
            more = true;
        }
        if (more) {
            throw invalid("more than one record batch");
        }
    }

    private static List<LegacyMessage> checkedMessages(ByteBuffer records, EntryScanner scanner, TopicSettings topic) {
        LegacyMessages messages = new LegacyMessages();
        do {
            checkEntry(records, scanner, topic);
            messages.add(records, scanner);
        } while (scanner.next());
        return messages.checked();
    }

    private ValidatedRecords validateBatch(RecordBatch batch, TopicSettings topic, long now) {
        checkHeader(batch);
        CompressionType source = batch.compression();
        CompressionType target = targetType(topic, source);
        ByteBuffer plain = reader.plainPayload(batch);
        RecordRules rules = new RecordRules(topic, now);
        TimestampType timestampType = batch.timestampType();
        RecordCursor cursor = new RecordCursor(batch, plain);
        boolean consecutive = true;
        while (cursor.next()) {
            rules.check(cursor.index(), cursor.hasKey(), cursor.timestamp(), timestampType);
            consecutive &= cursor.offsetDelta() == cursor.index();
        }
        if (!rules.errors().isEmpty()) {
            return rules.refusal();
        }
        // Kafka puts the offsets of compressed records right, and takes those of plain ones as they are.
        if (source == target && (consecutive || source == CompressionType.NONE)) {
            return acceptInPlace(batch, rules, topic, now);
        }
        return rebuild(batch, plain, topic, now);
    }

    private static void checkHeader(RecordBatch batch) {
        int count = batch.recordCount();
        if (batch.lastOffsetDelta() < 0) {
            throw invalid("the batch has an invalid offset range: 0 to " + batch.lastOffsetDelta());
        }
        if (count <= 0) {
            throw invalid("the batch says that it has " + count + " records");
        }
        if (batch.lastOffsetDelta() + 1L != count) {
            throw invalid("the batch has offsets 0 to " + batch.lastOffsetDelta() + ", but " + count + " records");
        }
        if (batch.isControl()) {
            throw invalid("clients are not allowed to write control records");
        }
        if (batch.hasProducer() && batch.baseSequence() < 0) {
            throw invalid("producer " + batch.producerId() + " sent the invalid sequence " + batch.baseSequence());
        }
    }

    private static ValidatedRecords acceptInPlace(RecordBatch batch, RecordRules rules, TopicSettings topic, long now) {
        checkFitsSegment(batch.sizeInBytes(), topic);
        if (topic.timestampType() == TimestampType.LOG_APPEND_TIME) {
            batch.stamp(TimestampType.LOG_APPEND_TIME, now);
            return new ValidatedRecords.Accepted(batch, now, 0, now);
        }
        batch.stamp(TimestampType.CREATE_TIME, rules.maxTimestamp());
        return new ValidatedRecords.Accepted(
                batch, rules.maxTimestamp(), rules.indexOfMaxTimestamp(), MessageFormat.NO_TIMESTAMP);
    }

    private ValidatedRecords rebuild(RecordBatch batch, ByteBuffer plain, TopicSettings topic, long now) {
        RecordBatchBuilder builder = builderFor(topic, batch.compression(), now);
        builder.producer(batch.producer(), batch.baseSequence());
        if (batch.isTransactional()) {
            builder.transactional();
        }
        RecordCursor cursor = new RecordCursor(batch, plain);
        while (cursor.next()) {
            builder.append(cursor.timestamp(), cursor.key(), cursor.value(), cursor.headers());
        }
        return acceptConverted(builder, codecs, topic, now);
    }

    static RecordBatchBuilder builderFor(TopicSettings topic, CompressionType source, long now) {
        RecordBatchBuilder builder = new RecordBatchBuilder().compression(targetCompression(topic, source));
        return topic.timestampType() == TimestampType.LOG_APPEND_TIME ? builder.logAppendTime(now) : builder;
    }

    static ValidatedRecords acceptConverted(
            RecordBatchBuilder builder, CompressionCodecs codecs, TopicSettings topic, long now) {
        ByteBuffer batch = builder.build(codecs);
        checkSize(batch.limit(), topic);
        checkFitsSegment(batch.limit(), topic);
        boolean stamped = topic.timestampType() == TimestampType.LOG_APPEND_TIME;
        return new ValidatedRecords.Accepted(
                new RecordBatch(batch, 0),
                builder.maxTimestamp(),
                builder.offsetDeltaOfMaxTimestamp(),
                stamped ? now : MessageFormat.NO_TIMESTAMP);
    }

    private static void checkSize(int size, TopicSettings topic) {
        if (size > topic.maxMessageBytes()) {
            throw new BrokerException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "the batch has " + size + " bytes; the topic takes " + topic.maxMessageBytes());
        }
    }

    private static void checkFitsSegment(int size, TopicSettings topic) {
        if (size > topic.segmentBytes()) {
            throw new BrokerException(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "the batch has " + size + " bytes; a segment of the topic has " + topic.segmentBytes());
        }
    }

    /** What {@code compression.type} makes of a producer's choice: that itself at its default level, or the topic's own. */
    private static Compression targetCompression(TopicSettings topic, CompressionType source) {
        return topic.compression().orElseGet(() -> Compression.of(source));
    }

    /** Its type alone, asked for each batch: without making an object. */
    private static CompressionType targetType(TopicSettings topic, CompressionType source) {
        Optional<Compression> own = topic.compression();
        return own.isPresent() ? own.get().type() : source;
    }

    private static BrokerException invalid(String message) {
        return new BrokerException(ErrorCode.INVALID_RECORD, message);
    }
}
