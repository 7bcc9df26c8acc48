package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.Mapping;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of batches in one file, with the index that finds them.
 *
 * <p>Threading: one thread appends, seals and flushes; any thread reads up to the published size, and closes. The index
 * of a segment from an earlier run is loaded when it is first needed.
 */
final class Segment {
    /** What a search by timestamp answers that finds no batch. */
    static final long NOT_FOUND = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private final long baseOffset;
    private final LogFiles files;
    private final SegmentFile file;
    private final IndexFiles indexFiles;
    private final int indexInterval;

    /** Published by the appender: all bytes below it are whole batches and never change. */
    private volatile int size;
    /** Null until it is needed. */
    private volatile SparseIndex index;

    private Segment(LogFiles files, long baseOffset, SegmentFile file, int indexInterval) {
        this.files = files;
        this.baseOffset = baseOffset;
        this.file = file;
        this.indexFiles = new IndexFiles(files, baseOffset);
        this.indexInterval = indexInterval;
    }

    /** A segment without a file: the first append makes it. */
    static Segment empty(LogFiles files, long baseOffset, SegmentSettings settings) {
        SegmentFile file = new SegmentFile(files.log(baseOffset), 0, settings.writer());
        Segment segment = new Segment(files, baseOffset, file, settings.indexInterval());
        segment.index = new SparseIndex();
        return segment;
    }

    /** A segment of which all {@code length} bytes are known to be whole batches. */
    static Segment whole(LogFiles files, long baseOffset, int length, SegmentSettings settings) {
        SegmentFile file = new SegmentFile(files.log(baseOffset), length, settings.writer());
        Segment segment = new Segment(files, baseOffset, file, settings.indexInterval());
        segment.size = length;
        return segment;
    }

    /**
     * Checks, and cuts to what is whole, a segment that was written to when the process or the machine died.
     *
     * @param from      up to where it is known to be whole
     * @param endOffset the log end offset there
     */
    Recovery.Findings recover(int from, long endOffset) throws IOException {
        Recovery.Findings findings;
        try (BatchWindow window = new BatchWindow(files.log(baseOffset))) {
            SparseIndex known = from == 0 ? null : indexFiles.load(from).orElse(null);
            SparseIndex filled = known == null ? new SparseIndex() : known;
            Recovery recovery = new Recovery(window, baseOffset, new IndexFiller(filled, indexInterval));
            findings = known == null ? recovery.scan(0, baseOffset) : recovery.scan(from, endOffset);
            index = filled;
        }
        size = findings.length();
        file.seal(findings.length());
        return findings;
    }

    long baseOffset() {
        return baseOffset;
    }

    int size() {
        return size;
    }

    /** Appends batches, or throws and changes nothing; {@code limit} is how long the file may get ahead of need. */
    void append(ByteBuffer batches, int limit) throws IOException {
        IndexFiller filler = new IndexFiller(index(), indexInterval);
        int begin = size;
        file.write(batches, begin, limit);
        size = begin + batches.remaining();
        int first = batches.position();
        for (int at = first; at < batches.limit(); at += BatchLayout.sizeInBytes(batches, at)) {
            filler.add(batches, at, begin + at - first, baseOffset);
        }
    }

    /** Ends the segment, at least for now: gives back what was taken ahead. */
    void seal(long endOffset) throws IOException {
        markEnd(endOffset);
        file.seal(size);
    }

    /** Takes note of all batches that are here now: makes the end an entry of the index, and touches no file. */
    Flush prepareFlush(long endOffset) throws IOException {
        if (index == null) {
            return new Flush(this, 0);
        }
        markEnd(endOffset);
        return new Flush(this, index.count());
    }

    /**
     * What is to be made durable of a segment; batches that come after it are none of its business.
     *
     * @param indexEntries how many entries of the index to write; 0 for an index that was not even loaded
     */
    record Flush(Segment segment, int indexEntries) {
        /** Makes the batches durable and writes the index, whose last entry is the end; beside appends. */
        void run() throws IOException {
            segment.file.force();
            if (indexEntries > 0) {
                segment.indexFiles.save(segment.index, indexEntries);
            }
        }
    }

    /**
     * Adds to the slice what the limit allows of the batches from the one that contains {@code offset} (or the
     * next one) on; says whether that was all of the segment's rest.
     */
    boolean read(long offset, ReadLimit limit, MappedSlice slice) throws IOException {
        int end = size;
        Mapping mapping = file.lease(end);
        boolean handedOver = false;
        try {
            int from = positionOf(offset, mapping.bytes(), end);
            boolean beginsSlice = slice.sizeInBytes() == 0;
            int to = stopOf(limit, from, beginsSlice, mapping.bytes(), end);
            if (to > from) {
                slice.add(mapping, from, to);
                handedOver = true;
            }
            return to == end;
        } finally {
            if (!handedOver) {
                mapping.release();
            }
        }
    }

    /** The base offset of the first batch, from the one with this offset on, whose max timestamp is at least this. */
    long firstBatchAtOrAfter(long timestamp, long offset) throws IOException {
        int end = size;
        if (index().largestTimestamp() < timestamp) {
            return NOT_FOUND;
        }
        Mapping mapping = file.lease(end);
        try {
            ByteBuffer bytes = mapping.bytes();
            int from = Math.max(index().positionBeforeTimestamp(timestamp), positionOf(offset, bytes, end));
            for (int at = from; at < end; at = next(at, bytes, end)) {
                if (BatchLayout.maxTimestamp(bytes, at) >= timestamp) {
                    return BatchLayout.baseOffset(bytes, at);
                }
            }
            return NOT_FOUND;
        } finally {
            mapping.release();
        }
    }

    /** The largest timestamp from the batch with this offset on; the smallest possible number without any batch. */
    long largestTimestamp(long offset) throws IOException {
        int end = size;
        long ofAll = index().largestTimestamp();
        if (offset <= baseOffset) {
            return ofAll;
        }
        Mapping mapping = file.lease(end);
        try {
            ByteBuffer bytes = mapping.bytes();
            int from = positionOf(offset, bytes, end);
            int known = index().positionAtOrBefore(from);
            long before = Math.max(index().largestTimestampBefore(known), largestTimestamp(known, from, bytes));
            // Mostly the latest comes last: only if it may lie before the offset, the rest has to be searched.
            return before < ofAll ? ofAll : largestTimestamp(from, end, bytes);
        } finally {
            mapping.release();
        }
    }

    private long largestTimestamp(int from, int to, ByteBuffer bytes) throws IOException {
        long largest = Long.MIN_VALUE;
        for (int at = from; at < to; at = next(at, bytes, to)) {
            largest = Math.max(largest, BatchLayout.maxTimestamp(bytes, at));
        }
        return largest;
    }

    /** Gives back what was taken ahead, and closes. */
    void trimAndClose() throws IOException {
        try {
            file.seal(size);
        } finally {
            file.close();
        }
    }

    /** Slices that are still held stay readable. */
    void close() throws IOException {
        file.close();
    }

    private void markEnd(long endOffset) throws IOException {
        SparseIndex points = index();
        points.add((int) (endOffset - baseOffset), size, points.largestTimestamp());
    }

    /** Where the first batch lies whose last offset is at least {@code offset}. */
    private int positionOf(long offset, ByteBuffer bytes, int end) throws IOException {
        if (offset <= baseOffset) {
            return 0;
        }
        int at = index().positionBeforeOffset(offset - baseOffset);
        while (at < end && BatchLayout.lastOffset(bytes, at) < offset) {
            at = next(at, bytes, end);
        }
        return Math.min(at, end);
    }

    /** Where that ends which the limit allows, of the batches from {@code from} on, the first ones of the slice or not. */
    private int stopOf(ReadLimit limit, int from, boolean beginsSlice, ByteBuffer bytes, int end) throws IOException {
        long mostBytes = Math.min(end, (long) from + limit.maxBytes());
        int known = Math.min(
                index().positionAtOrBefore(mostBytes), index().positionBeforeOffset(limit.maxOffset() - baseOffset));
        int at = Math.max(from, known);
        while (at < end && BatchLayout.baseOffset(bytes, at) < limit.maxOffset()) {
            int next = next(at, bytes, end);
            boolean isFirst = beginsSlice && at == from;
            if (next > mostBytes && !(isFirst && limit.firstBatch() == FirstBatch.ALWAYS)) {
                boolean isCut = !isFirst && limit.lastBatch() == LastBatch.CUT;
                return isCut ? Math.max(at, (int) mostBytes) : at;
            }
            at = next;
        }
        return at;
    }

    /** Where the next batch begins; notices a damaged header, lest a search never ends. */
    private int next(int at, ByteBuffer bytes, int end) throws IOException {
        int next = at + BatchLayout.sizeInBytes(bytes, at);
        if (next < at + BatchLayout.HEADER_SIZE || next > end) {
            throw new IOException(file.path() + " is damaged at position " + at);
        }
        return next;
    }

    private SparseIndex index() throws IOException {
        SparseIndex present = index;
        return present != null ? present : loadIndex();
    }

    private synchronized SparseIndex loadIndex() throws IOException {
        if (index == null) {
            SparseIndex loaded = indexFiles.load(size).orElse(null);
            index = loaded != null ? loaded : scanForIndex();
            file.refuseIfClosed();
        }
        return index;
    }

    private SparseIndex scanForIndex() throws IOException {
        LOG.info("The index of {} is missing or damaged: it is built anew.", file.path());
        SparseIndex filled = new SparseIndex();
        try (BatchWindow window = new BatchWindow(file.path())) {
            new Recovery(window, baseOffset, new IndexFiller(filled, indexInterval)).scan(0, baseOffset);
        }
        return filled;
    }
}
