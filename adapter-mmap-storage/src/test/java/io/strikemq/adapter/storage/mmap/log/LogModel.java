package io.strikemq.adapter.storage.mmap.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.port.out.LogProbe;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.SegmentReplacement;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.TestBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a log should hold, in a map: the oracle of the property tests. */
final class LogModel {
    private final TreeMap<Long, ByteBuffer> batches = new TreeMap<>();
    private final Random random;
    private final List<AbortedTransaction> aborted = new ArrayList<>();
    private long startOffset;
    private long endOffset;
    private long lastStableOffset;

    LogModel(long seed) {
        random = new Random(seed);
    }

    /** The same at this moment. */
    LogModel copy() {
        LogModel copy = new LogModel(random.nextLong());
        copy.batches.putAll(batches);
        copy.aborted.addAll(aborted);
        copy.startOffset = startOffset;
        copy.endOffset = endOffset;
        copy.lastStableOffset = lastStableOffset;
        return copy;
    }

    long endOffset() {
        return endOffset;
    }

    /** Appends some batches of random sizes, timestamps and record counts to the model and to the log. */
    void append(PartitionLog log) {
        ByteBuffer[] next = new ByteBuffer[1 + random.nextInt(3)];
        for (int i = 0; i < next.length; i++) {
            long offset = endOffset() + (random.nextInt(8) == 0 ? random.nextInt(5) : 0);
            int size = BatchLayout.HEADER_SIZE + random.nextInt(300);
            next[i] = TestBatches.batch(offset, 1 + random.nextInt(4), random.nextInt(50) - 1, size);
            batches.put(offset, next[i]);
            endOffset = BatchLayout.lastOffset(next[i], 0) + 1;
        }
        log.append(TestBatches.concat(next));
        if (random.nextInt(3) == 0) {
            abort(log);
        }
    }

    /** The last batch is a marker that aborts a transaction, while older ones may still be open. */
    private void abort(PartitionLog log) {
        long marker = endOffset() - 1;
        long firstOffset = lastStableOffset + random.nextInt((int) (marker - lastStableOffset) + 1);
        lastStableOffset += random.nextInt((int) (endOffset() - lastStableOffset) + 1);
        AbortedTransaction transaction = new AbortedTransaction(aborted.size(), firstOffset, marker, lastStableOffset);
        aborted.add(transaction);
        log.addAborted(transaction);
    }

    /** What the owner of a log does when it was opened: it adds what no checkpoint covers. */
    void opened(PartitionLog log) {
        assertTrue(log.knewAborted());
        long covered = log.lastCheckpoint().map(LogCheckpoint::endOffset).orElse(0L);
        aborted.removeIf(transaction -> transaction.lastOffset() >= endOffset());
        lastStableOffset =
                aborted.isEmpty() ? 0 : aborted.get(aborted.size() - 1).lastStableOffset();
        aborted.stream()
                .filter(transaction -> transaction.lastOffset() >= Math.max(covered, startOffset))
                .forEach(log::addAborted);
    }

    /** Deletes the records before a random offset, sometimes all. */
    void deleteSome(PartitionLog log) {
        int records = (int) (endOffset() - startOffset);
        startOffset = random.nextInt(4) == 0 ? endOffset() : startOffset + random.nextInt(records + 1);
        batches.values().removeIf(batch -> BatchLayout.lastOffset(batch, 0) < startOffset);
        log.deleteBefore(startOffset);
    }

    /**
     * Compacts some of the segments that nothing is appended to: leaves out any batches. The log may have been rolled
     * before, so that it is all of them.
     *
     * @param beforeInstall is given what the model was before, and is run at the last moment
     */
    void compactSome(PartitionLog log, Consumer<LogModel> beforeInstall) {
        if (random.nextInt(4) == 0) {
            log.rollSegment();
        }
        log.checkpoint(ByteBuffer.allocate((int) endOffset));
        List<Long> bounds = new ArrayList<>(
                log.segments().stream().map(LogSegment::baseOffset).toList());
        if (log.activeSegment().isEmpty()) {
            bounds.add(endOffset);
        }
        if (bounds.size() < 2) {
            return;
        }
        int first = random.nextInt(bounds.size() - 1);
        int limit = first + 1 + random.nextInt(bounds.size() - first - 1);
        compact(log, bounds.get(first), bounds.get(limit), beforeInstall);
    }

    private void compact(PartitionLog log, long baseOffset, long limitOffset, Consumer<LogModel> beforeInstall) {
        int survivors = random.nextInt(4);
        try (SegmentReplacement replacement = log.replaceFrom(baseOffset)) {
            LogModel before = copy();
            batches.subMap(baseOffset, limitOffset).values().removeIf(any -> random.nextInt(3) >= survivors);
            batches.subMap(baseOffset, limitOffset).values().forEach(replacement::append);
            aborted.removeIf(transaction -> transaction.lastOffset() >= baseOffset
                    && transaction.lastOffset() < limitOffset
                    && !hasBatchAt(transaction.lastOffset()));
            aborted.stream()
                    .filter(transaction ->
                            transaction.lastOffset() >= baseOffset && transaction.lastOffset() < limitOffset)
                    .forEach(replacement::addAborted);
            beforeInstall.accept(before);
            Runnable freeing = replacement.install(limitOffset);
            if (random.nextBoolean()) {
                freeing.run();
            }
        }
    }

    private boolean hasBatchAt(long offset) {
        Map.Entry<Long, ByteBuffer> batch = batches.floorEntry(offset);
        return batch != null && BatchLayout.lastOffset(batch.getValue(), 0) >= offset;
    }

    /** Whether the log has these batches and no others. */
    boolean isIn(PartitionLog log) {
        return TestBatches.concat(batches.values().toArray(new ByteBuffer[0]))
                .equals(LogProbe.bytes(log, log.startOffset()));
    }

    /** Keeps of the model what the whole batches within the first {@code bytes} bytes are. */
    void cutTo(long bytes) {
        long left = bytes;
        boolean cut = false;
        for (var entries = batches.entrySet().iterator(); entries.hasNext(); ) {
            left -= entries.next().getValue().capacity();
            cut |= left < 0;
            if (cut) {
                entries.remove();
            }
        }
        endOffset = batches.isEmpty()
                ? startOffset
                : BatchLayout.lastOffset(batches.lastEntry().getValue(), 0) + 1;
    }

    /** Compares all that can be asked. */
    void check(PartitionLog log) {
        assertEquals(endOffset(), log.endOffset());
        assertEquals(startOffset, log.startOffset());
        assertEquals(TestBatches.concat(batches.values().toArray(new ByteBuffer[0])), LogProbe.bytes(log, startOffset));
        for (long offset = startOffset; offset <= endOffset(); offset++) {
            FirstBatch firstBatch = random.nextBoolean() ? FirstBatch.ALWAYS : FirstBatch.ONLY_IF_IT_FITS;
            LastBatch lastBatch = random.nextBoolean() ? LastBatch.WHOLE : LastBatch.CUT;
            ReadLimit limit =
                    new ReadLimit(random.nextInt(4 + (int) endOffset()), random.nextInt(1500), firstBatch, lastBatch);
            assertEquals(read(offset, limit), LogProbe.bytes(log, offset, limit), () -> "read with " + limit);
        }
        for (int i = 0; i < 20; i++) {
            long from = startOffset + random.nextInt((int) (endOffset() - startOffset) + 1);
            long to = from + random.nextInt(20);
            assertEquals(
                    aborted.stream()
                            .filter(transaction -> transaction.lastOffset() >= from && transaction.firstOffset() < to)
                            .toList(),
                    log.aborted(from, to));
        }
        for (long timestamp = -1; timestamp < 51; timestamp++) {
            assertEquals(firstAtOrAfter(timestamp), log.firstBatchAtOrAfter(timestamp, 0));
        }
        long latest = batches.values().stream()
                .mapToLong(batch -> BatchLayout.maxTimestamp(batch, 0))
                .max()
                .orElse(0);
        assertEquals(firstAtOrAfter(latest), log.batchWithLatestTimestamp(0));
    }

    private ByteBuffer read(long offset, ReadLimit limit) {
        ByteBuffer found = ByteBuffer.allocate(100_000);
        Map.Entry<Long, ByteBuffer> before = batches.floorEntry(offset);
        boolean contains = before != null && BatchLayout.lastOffset(before.getValue(), 0) >= offset;
        for (ByteBuffer batch :
                batches.tailMap(contains ? before.getKey() : offset).values()) {
            boolean welcome = found.position() == 0 && limit.firstBatch() == FirstBatch.ALWAYS;
            boolean fits = found.position() + batch.capacity() <= limit.maxBytes();
            if (BatchLayout.baseOffset(batch, 0) >= limit.maxOffset()) {
                break;
            }
            if (!(fits || welcome)) {
                boolean isCut = limit.lastBatch() == LastBatch.CUT && found.position() > 0;
                int piece = isCut ? Math.max(0, limit.maxBytes() - found.position()) : 0;
                found.put(batch.duplicate().limit(piece));
                break;
            }
            found.put(batch.duplicate());
        }
        return found.flip();
    }

    private OptionalLong firstAtOrAfter(long timestamp) {
        return batches.values().stream()
                .filter(batch -> BatchLayout.maxTimestamp(batch, 0) >= timestamp)
                .mapToLong(batch -> BatchLayout.baseOffset(batch, 0))
                .findFirst();
    }
}
