package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.fetch.AbortedRecords;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a partition with transactions should be, in a list of all that ever happened to it. */
final class TransactionModel {
    static final int PRODUCERS = 4;

    private final Random random;
    private final int[] epochs = new int[PRODUCERS];
    private final int[] sequences = new int[PRODUCERS];
    private final List<Written> log = new ArrayList<>();
    private OneBroker broker = new OneBroker();
    private long startOffset;

    TransactionModel(long seed) {
        random = new Random(seed);
        broker.topic("t", 1);
    }

    /** A batch in the log; the producer is -1 without one, the outcome null for records. */
    private record Written(long first, long last, int producer, Outcome outcome) {}

    Partition partition() {
        return broker.partition("t", 0);
    }

    long endOffset() {
        return log.isEmpty() ? 0 : log.get(log.size() - 1).last() + 1;
    }

    void plain() {
        append(new Batch(broker.time.wallClockMillis()), -1, TransactionGuard.NOT_NEEDED);
    }

    void transactional(int producer) {
        ProducerIdentity identity = new ProducerIdentity(producer, (short) epochs[producer]);
        TransactionGuard guard = partition().beginVerification(identity, sequences[producer], bumpsEpochs(producer));
        assertEquals(openSince(producer) >= 0, guard == TransactionGuard.NOT_NEEDED);
        Batch batch = new Batch(broker.time.wallClockMillis())
                .producer(producer, epochs[producer], sequences[producer])
                .transactional();
        sequences[producer] += append(batch, producer, guard);
    }

    private int append(Batch batch, int producer, TransactionGuard guard) {
        int records = 1 + random.nextInt(3);
        for (int i = 0; i < records; i++) {
            batch.records("v".repeat(random.nextInt(40)));
        }
        ByteBuffer bytes = batch.build(broker.codecs);
        PartitionAppend result = partition().append(new RecordBatch(bytes, 0), guard);
        assertEquals(new PartitionAppend.Appended(endOffset(), startOffset), result);
        log.add(new Written(endOffset(), endOffset() + records - 1, producer, null));
        return records;
    }

    /** Ends the producer's transaction, whether it has one or not, sometimes twice. */
    void end(int producer, Outcome outcome) {
        int times = 1 + random.nextInt(8) / 7;
        if (bumpsEpochs(producer)) {
            epochs[producer]++;
            sequences[producer] = 0;
        }
        for (int i = 0; i < times; i++) {
            ProducerIdentity identity = new ProducerIdentity(producer, (short) epochs[producer]);
            partition().appendMarker(new TransactionMarker(identity, outcome, 1, (short)
                    (bumpsEpochs(producer) ? 2 : producer)));
            log.add(new Written(endOffset(), endOffset(), producer, outcome));
        }
    }

    private static boolean bumpsEpochs(int producer) {
        return producer >= 2;
    }

    void delete() {
        startOffset += random.nextInt((int) (endOffset() - startOffset) + 1);
        broker.deleteBefore("t", 0, startOffset);
    }

    /** The broker stops, or dies, and comes back. */
    void restart(boolean inOrder) {
        if (inOrder) {
            broker.partitions.close();
        } else {
            broker.logs.kill();
        }
        broker = broker.restarted();
    }

    /** The first offset of the producer's open transaction; -1 without one. */
    private long openSince(int producer) {
        long since = -1;
        for (Written each : log) {
            if (each.producer() == producer) {
                since = each.outcome() != null ? -1 : since < 0 ? each.first() : since;
            }
        }
        return since;
    }

    long lastStableOffset() {
        long stable = endOffset();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            long since = openSince(producer);
            stable = since < 0 ? stable : Math.min(stable, since);
        }
        return Math.min(endOffset(), Math.max(stable, startOffset));
    }

    /** Every transaction that was aborted, by its producer, its first offset and its marker. */
    private List<List<Long>> aborted() {
        List<List<Long>> aborted = new ArrayList<>();
        long[] since = new long[PRODUCERS];
        Arrays.fill(since, -1);
        for (Written each : log) {
            int producer = each.producer();
            if (producer >= 0 && each.outcome() == null && since[producer] < 0) {
                since[producer] = each.first();
            } else if (each.outcome() != null) {
                if (each.outcome() == Outcome.ABORT && since[producer] >= 0) {
                    aborted.add(List.of((long) producer, since[producer], each.first()));
                }
                since[producer] = -1;
            }
        }
        return aborted;
    }

    /** The records that a reader of committed ones sees from an offset on. */
    private List<Long> committedFrom(long offset) {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            Written each = log.get(i);
            if (each.outcome() == null && (each.producer() < 0 || outcomeOf(i) == Outcome.COMMIT)) {
                for (long record = each.first(); record <= each.last(); record++) {
                    if (record >= offset && record < lastStableOffset()) {
                        offsets.add(record);
                    }
                }
            }
        }
        return offsets;
    }

    private Outcome outcomeOf(int index) {
        for (Written later : log.subList(index, log.size())) {
            if (later.producer() == log.get(index).producer() && later.outcome() != null) {
                return later.outcome();
            }
        }
        return null;
    }

    void check() {
        LogEnd end = partition().end();
        assertEquals(endOffset(), end.highWatermark());
        assertEquals(lastStableOffset(), end.lastStableOffset());
        for (int i = 0; i < 5; i++) {
            long from = startOffset + random.nextInt((int) (endOffset() - startOffset) + 1);
            long to = from + random.nextInt(20);
            assertEquals(
                    aborted().stream()
                            .filter(each -> each.get(2) >= from && each.get(1) < to)
                            .toList(),
                    partition().aborted(from, to).stream()
                            .map(TransactionModel::described)
                            .toList());
        }
        long from = startOffset + random.nextInt((int) (lastStableOffset() - startOffset) + 1);
        assertEquals(committedFrom(from), readCommitted(from));
    }

    private static List<Long> described(AbortedTransaction aborted) {
        return List.of(aborted.producerId(), aborted.firstOffset(), aborted.lastOffset());
    }

    /** Reads as a consumer does, piece by piece. */
    private List<Long> readCommitted(long from) {
        List<Long> offsets = new ArrayList<>();
        long next = from;
        int pieceBytes = 1 + random.nextInt(400);
        while (next < lastStableOffset()) {
            FetchResult result = broker.read(
                    new Reading().atMostOfEach(pieceBytes).committed().from("t", 0, next));
            PartitionFetched fetched = result.partitions().get(0);
            AbortedRecords aborted = new AbortedRecords(fetched.aborted());
            for (ByteBuffer buffer : fetched.records().buffers()) {
                for (RecordBatch batch : RecordBatches.in(buffer)) {
                    boolean isShown = !aborted.hides(batch) && !batch.isControl();
                    for (long record = Math.max(from, batch.baseOffset());
                            isShown && record <= batch.lastOffset();
                            record++) {
                        offsets.add(record);
                    }
                    next = batch.lastOffset() + 1;
                }
            }
            result.release();
        }
        return offsets;
    }
}
