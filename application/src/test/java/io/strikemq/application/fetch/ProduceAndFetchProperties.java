package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Producing and fetching against a model: a list of batches for each partition. */
class ProduceAndFetchProperties {
    private static final int PARTITIONS = 2;

    private record Batch(long baseOffset, int records, int size) {}

    @Property(tries = 150)
    void fetchesReturnBatchesFromTheOneAskedForUpToTheLimits(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 9) Integer> appends,
            @ForAll @IntRange(min = 0, max = 60) int offset0,
            @ForAll @IntRange(min = 0, max = 60) int offset1,
            @ForAll @IntRange(min = 0, max = 600) int partitionMaxBytes,
            @ForAll @IntRange(min = 0, max = 1000) int maxBytes) {
        OneBroker broker = new OneBroker();
        broker.topic("t", PARTITIONS);
        List<List<Batch>> model = List.of(new ArrayList<>(), new ArrayList<>());
        for (int append : appends) {
            appendTo(broker, model.get(append % PARTITIONS), append % PARTITIONS, 1 + append / PARTITIONS);
        }
        long from0 = Math.min(offset0, end(model.get(0)));
        long from1 = Math.min(offset1, end(model.get(1)));
        FetchResult result = broker.read(new Reading()
                .atMost(maxBytes)
                .atMostOfEach(partitionMaxBytes)
                .from("t", 0, from0)
                .from("t", 1, from1));

        List<Batch> expected0 = expected(model.get(0), from0, Math.min(partitionMaxBytes, maxBytes), true);
        int size0 = sizeOf(expected0, model.get(0), from0, Math.min(partitionMaxBytes, maxBytes));
        assertEquals(size0, result.partitions().get(0).records().sizeInBytes());
        int left = Math.max(0, maxBytes - size0);
        List<Batch> expected1 = expected(model.get(1), from1, Math.min(partitionMaxBytes, left), expected0.isEmpty());
        assertEquals(
                sizeOf(expected1, model.get(1), from1, Math.min(partitionMaxBytes, left)),
                result.partitions().get(1).records().sizeInBytes());
        assertEquals(expected0, batches(result.partitions().get(0)));
        assertEquals(expected1, batches(result.partitions().get(1)));
        for (int i = 0; i < PARTITIONS; i++) {
            assertEquals(end(model.get(i)), result.partitions().get(i).highWatermark());
        }
        result.release();
        assertEquals(0, broker.logs.heldSlices());
    }

    private static void appendTo(OneBroker broker, List<Batch> log, int partition, int records) {
        long bytesBefore = broker.partition("t", partition).end().bytes();
        String[] values = new String[records];
        for (int i = 0; i < records; i++) {
            values[i] = "value " + i;
        }
        long base = broker.produce("t", partition, values).baseOffset();
        assertEquals(end(log), base);
        log.add(new Batch(
                base, records, (int) (broker.partition("t", partition).end().bytes() - bytesBefore)));
    }

    private static List<Batch> expected(List<Batch> log, long offset, int limit, boolean firstWhateverItsSize) {
        List<Batch> expected = new ArrayList<>();
        for (Batch batch : log) {
            boolean wanted = batch.baseOffset + batch.records > offset;
            boolean fits = size(expected) + batch.size <= limit || expected.isEmpty() && firstWhateverItsSize;
            if (wanted && !fits) {
                break;
            }
            if (wanted) {
                expected.add(batch);
            }
        }
        return expected;
    }

    /** Behind whole batches comes as much of the next one as the limit allows. */
    private static int sizeOf(List<Batch> whole, List<Batch> log, long offset, int limit) {
        int available = log.stream()
                .filter(batch -> batch.baseOffset + batch.records > offset)
                .mapToInt(Batch::size)
                .sum();
        return whole.isEmpty() ? 0 : Math.max(size(whole), Math.min(limit, available));
    }

    private static List<Batch> batches(PartitionFetched fetched) {
        List<Batch> found = new ArrayList<>();
        for (ByteBuffer buffer : fetched.records().buffers()) {
            for (RecordBatch batch : RecordBatches.in(buffer)) {
                found.add(new Batch(batch.baseOffset(), batch.recordCount(), batch.sizeInBytes()));
                assertTrue(batch.leaderEpoch() == 0);
            }
        }
        return found;
    }

    private static long end(List<Batch> log) {
        return log.isEmpty() ? 0 : log.get(log.size() - 1).baseOffset + log.get(log.size() - 1).records;
    }

    private static int size(List<Batch> batches) {
        return batches.stream().mapToInt(Batch::size).sum();
    }
}
