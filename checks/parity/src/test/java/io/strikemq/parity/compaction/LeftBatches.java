package io.strikemq.parity.compaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;

/** Tells of batches all that Kafka reads in them, a line for each batch and each record. */
final class LeftBatches {
    /** What a look-up by time finds that finds nothing. */
    static final String NONE = "none";

    private LeftBatches() {}

    /** How a codec packs is its own affair, so a batch's size is not told of compressed ones. */
    static List<String> told(ByteBuffer bytes) {
        List<String> lines = new ArrayList<>();
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
            batch.ensureValid();
            lines.add(told(batch));
            for (Record record : batch) {
                lines.add("    " + told(record));
            }
        }
        return lines;
    }

    /** All timestamps of records, once each, and what lies just behind them. */
    static SortedSet<Long> timestamps(ByteBuffer bytes) {
        SortedSet<Long> found = new TreeSet<>();
        for (Record record : MemoryRecords.readableRecords(bytes).records()) {
            if (record.timestamp() >= 0) {
                found.add(record.timestamp());
                found.add(record.timestamp() + 1);
            }
        }
        return found;
    }

    /** The first record that is at least as late as that, as {@link ComparedLog#firstAtOrAfter} tells it. */
    static String firstAtOrAfter(long timestamp, ByteBuffer bytes) {
        for (Record record : MemoryRecords.readableRecords(bytes).records()) {
            if (record.timestamp() >= timestamp) {
                return record.offset() + " of " + record.timestamp();
            }
        }
        return NONE;
    }

    private static String told(MutableRecordBatch batch) {
        return "batch " + batch.baseOffset() + ".." + batch.lastOffset()
                + " count " + batch.countOrNull()
                + (batch.isCompressed() ? "" : " bytes " + batch.sizeInBytes())
                + " " + batch.compressionType()
                + " " + batch.timestampType()
                + (batch.isTransactional() ? " transactional" : "")
                + (batch.isControlBatch() ? " control" : "")
                + " horizon " + batch.deleteHorizonMs()
                + " max timestamp " + batch.maxTimestamp()
                + " leader epoch " + batch.partitionLeaderEpoch()
                + " producer " + batch.producerId() + "/" + batch.producerEpoch()
                + " sequence " + batch.baseSequence() + ".." + batch.lastSequence();
    }

    private static String told(Record record) {
        return record.offset() + " at " + record.timestamp()
                + " " + text(record.hasKey() ? record.key() : null)
                + " = " + text(record.hasValue() ? record.value() : null)
                + " "
                + Arrays.stream(record.headers()).map(LeftBatches::told).collect(Collectors.joining(",", "{", "}"));
    }

    private static String told(Header header) {
        return header.key() + ":" + (header.value() == null ? null : text(ByteBuffer.wrap(header.value())));
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null ? "null" : "'" + StandardCharsets.ISO_8859_1.decode(bytes.duplicate()) + "'";
    }
}
