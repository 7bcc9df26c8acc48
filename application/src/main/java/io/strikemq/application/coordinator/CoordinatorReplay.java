package io.strikemq.application.coordinator;

import io.strikemq.application.partition.LogReplay;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Reads a {@link CoordinatorTopic} from its start to its end. Nothing that lies in it is trusted: the broker starts with what
 * can be read, and is told of all that cannot.
 *
 * <p>Once somebody has given the topic more partitions, an id's records of before are in another one than those after: the
 * strays. Then those at home are told once more behind all others, so that they have the last word. For one thread.
 *
 * @param <R> what a record says
 */
public abstract class CoordinatorReplay<R> {
    private final RecordReader reader;

    protected CoordinatorReplay(RecordReader reader) {
        this.reader = reader;
    }

    /** What a record says; empty for a kind that is not known here. Any exception has the record skipped. */
    protected abstract Optional<R> decode(ByteBuffer key, ByteBuffer value);

    /** Whose record it is. */
    protected abstract String idOf(R found);

    /** Why the records of a batch are not to be read; null if they are. */
    protected abstract String refusal(RecordBatch batch);

    /** A control batch that is not refused, which is told again when there are strays. */
    protected abstract void control(RecordBatch batch, TopicPartition partition);

    /** A record, as it was appended. */
    protected abstract void found(R found, RecordBatch batch, TopicPartition partition);

    /** Something cannot be read: which record, batch or partition, and why. */
    protected abstract void skipped(String what, String why);

    final void run(int partitionCount, IntFunction<Partition> partitions) {
        boolean metStrays = false;
        for (int i = 0; i < partitionCount; i++) {
            Reading reading = new Reading(partitions.apply(i), i, partitionCount, false);
            reading.run();
            metStrays |= reading.metStrays;
        }
        for (int i = 0; metStrays && i < partitionCount; i++) {
            new Reading(partitions.apply(i), i, partitionCount, true).run();
        }
    }

    /** One partition, read once. */
    private final class Reading {
        private final Partition partition;
        private final int index;
        private final int partitionCount;
        /** Then what cannot be read was told before. */
        private final boolean isHomeOnly;

        private boolean metStrays;
        private long offset;

        Reading(Partition partition, int index, int partitionCount, boolean isHomeOnly) {
            this.partition = partition;
            this.index = index;
            this.partitionCount = partitionCount;
            this.isHomeOnly = isHomeOnly;
        }

        void run() {
            try {
                offset = partition.startOffset();
                new LogReplay(partition.name(), partition::read, partition.end().highWatermark())
                        .telling((from, next, reason) ->
                                skip("offsets " + from + " to " + (next - 1) + " of " + partition.name(), reason))
                        .from(offset, this::read);
            } catch (RuntimeException e) {
                skip("all of " + partition.name() + " from offset " + offset + " on", reason(e));
            }
        }

        private void read(RecordBatch batch) {
            String name = "batch " + batch.baseOffset() + " of " + partition.name();
            String refusal = refusal(batch);
            if (refusal != null) {
                skip(name, refusal);
            } else if (batch.isControl()) {
                control(batch, partition.name());
            } else {
                readRecords(batch, name);
            }
            offset = batch.lastOffset() + 1;
        }

        private void readRecords(RecordBatch batch, String name) {
            int read = 0;
            try {
                RecordCursor cursor = reader.open(batch);
                while (cursor.next()) {
                    read(cursor, batch);
                    read++;
                }
            } catch (RuntimeException e) {
                skip(read == 0 ? name : name + " after its first " + read + " records", reason(e));
            }
        }

        private void read(RecordCursor cursor, RecordBatch batch) {
            String name = "record " + cursor.offset() + " of " + partition.name();
            if (!cursor.hasKey()) {
                skip(name, "it has no key");
                return;
            }
            Optional<R> decoded;
            try {
                decoded = decode(cursor.key(), cursor.value());
            } catch (RuntimeException e) {
                skip(name, reason(e));
                return;
            }
            decoded.ifPresentOrElse(found -> tell(found, batch), () -> skip(name, "its kind is not known here"));
        }

        private void tell(R found, RecordBatch batch) {
            boolean isStray = CoordinatorTopic.partitionOf(idOf(found), partitionCount) != index;
            metStrays |= isStray;
            if (!isStray || !isHomeOnly) {
                found(found, batch, partition.name());
            }
        }

        private void skip(String what, String why) {
            if (!isHomeOnly) {
                skipped(what, why);
            }
        }
    }

    private static String reason(RuntimeException e) {
        boolean isSaid = e instanceof BrokerException || e instanceof IllegalArgumentException;
        return isSaid && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
