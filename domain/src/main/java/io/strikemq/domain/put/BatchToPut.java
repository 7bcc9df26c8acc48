package io.strikemq.domain.put;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Records that are to lie in one partition as one batch: {@code BatchToPut.of(RecordToPut.of("a").at(10), RecordToPut.of("b").at(20))
 * .partition(1).corrupt()}. Immutable.
 *
 * @param partition    from 0 on
 * @param isCorrupt    whether the batch's CRC is wrong, so that whoever reads it finds it damaged
 * @param producer     who seems to have produced it; {@link ProducerIdentity#NONE} for nobody
 * @param baseSequence the sequence number of the first record; -1 without a producer
 */
public record BatchToPut(
        int partition,
        List<RecordToPut> records,
        CompressionType compression,
        boolean isCorrupt,
        ProducerIdentity producer,
        int baseSequence) {
    /** No record has a larger offset: there is room to count on from it. */
    public static final long LARGEST_OFFSET = 1L << 60;

    public BatchToPut {
        records = List.copyOf(records);
    }

    /** These records, in partition 0. */
    public static BatchToPut of(RecordToPut... records) {
        return of(List.of(records));
    }

    /** These records, in partition 0. */
    public static BatchToPut of(List<RecordToPut> records) {
        return new BatchToPut(0, records, CompressionType.NONE, false, ProducerIdentity.NONE, -1);
    }

    /** The same in this partition. */
    public BatchToPut partition(int number) {
        return new BatchToPut(number, records, compression, isCorrupt, producer, baseSequence);
    }

    /** The same, compressed. */
    public BatchToPut compressed(CompressionType type) {
        return new BatchToPut(partition, records, type, isCorrupt, producer, baseSequence);
    }

    /** The same with a wrong CRC. */
    public BatchToPut corrupt() {
        return new BatchToPut(partition, records, compression, true, producer, baseSequence);
    }

    /**
     * The same by an idempotent producer. Its sequence numbers are not checked, and are remembered: what it sends itself has to go on
     * from them.
     */
    public BatchToPut producer(long id, int epoch, int firstSequence) {
        return new BatchToPut(
                partition, records, compression, isCorrupt, new ProducerIdentity(id, (short) epoch), firstSequence);
    }

    /** Where the first record is to lie; empty for the end of the log. */
    public OptionalLong baseOffset() {
        return records.get(0).offset() == null
                ? OptionalLong.empty()
                : OptionalLong.of(records.get(0).offset());
    }

    /**
     * The batch's bytes, with offsets from the first record's on, or from 0.
     *
     * @param nowMs the timestamp of records that have none of their own
     * @throws BrokerException INVALID_REQUEST for what cannot be a batch
     */
    public ByteBuffer build(CompressionCodecs codecs, long nowMs) {
        if (records.isEmpty()) {
            throw refused("'records' is empty: a batch needs one at least");
        }
        if (producer.id() >= 0 && (producer.epoch() < 0 || baseSequence < 0)) {
            throw refused("a producer has an id, an epoch and a sequence number, all from 0 on");
        }
        long base = baseOffset().orElse(0);
        RecordBatchBuilder batch =
                new RecordBatchBuilder().at(base, -1).compression(compression).producer(producer, baseSequence);
        long next = base;
        for (int i = 0; i < records.size(); i++) {
            RecordToPut record = records.get(i);
            long offset = offsetOf(i, base, next);
            long timestamp = record.timestamp() == null ? nowMs : record.timestamp();
            if (timestamp < -1) {
                throw refused("records[" + i + "].timestamp is " + timestamp + "; the least is -1, for none");
            }
            batch.appendAt(offset, timestamp, record.key(), record.value(), record.headers());
            next = offset + 1;
        }
        ByteBuffer bytes = batch.build(codecs);
        if (isCorrupt) {
            bytes.putInt(BatchLayout.CRC, ~bytes.getInt(BatchLayout.CRC));
        }
        return bytes;
    }

    private long offsetOf(int i, long base, long next) {
        Long wanted = records.get(i).offset();
        if (wanted == null) {
            return next;
        }
        if (records.get(0).offset() == null) {
            throw refused("records[" + i + "] has an offset: then the first record of the batch has to have one too");
        }
        if (wanted < next || wanted > LARGEST_OFFSET || wanted - base > Integer.MAX_VALUE) {
            throw refused("records[" + i + "].offset is " + wanted + ": it must be at least " + next + ", at most "
                    + Math.min(LARGEST_OFFSET, base + Integer.MAX_VALUE));
        }
        return wanted;
    }

    private static BrokerException refused(String why) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, why);
    }
}
