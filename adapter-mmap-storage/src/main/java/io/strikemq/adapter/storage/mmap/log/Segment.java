package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.Mapping;
import io.strikemq.adapter.storage.mmap.log.Recovery.Rest;
import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A run of batches in one file, with the index that finds them.
 *
 * <p>Threading: one thread appends, seals and flushes; any thread reads up to the published size, and closes. One that
 * is opened may be used once its index is there, by {@link #sealedEnd} or {@link #recover}: whoever appends or reads then
 * may be a thread that must not wait, and touches no file but the segment's own.
 */
final class Segment {
    /** What a search by timestamp answers that finds no batch. */
    static final long NOT_FOUND = SegmentSearch.NOT_FOUND;

    /** The timestamp of what has none. */
    private static final long NO_TIMESTAMP = -1;

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** How far apart the points are that are kept of the index of a segment that nothing is appended to any more. */
    private static final int FARTHEST_POINTS = 64 << 10;
    /** In a small segment they are nearer: it has so many of them, if its index has. */
    private static final int FEWEST_POINTS = 1024;

    private final long baseOffset;
    private final SegmentFile file;
    private final IndexFiles indexFiles;
    private final AbortedFile abortedFile;
    private final int indexInterval;
    private final BatchWalk walk;
    /** Whether not all of it is batches: then its index is not saved, so that every start looks and tells. */
    private boolean damaged;

    /** Published by the appender: the bytes below it are whole batches, but for damage, and never change. */
    private volatile int size;

    /** The largest timestamp of the first batch; read when it is first asked for of what an opening has found. */
    private volatile long firstMillis = UNKNOWN;

    // Replaced only before others see the segment.
    private SparseIndex index = new SparseIndex();
    private AbortedIndex aborted = new AbortedIndex();

    private Segment(LogFiles files, long baseOffset, SegmentFile file, int indexInterval) {
        this.baseOffset = baseOffset;
        this.file = file;
        this.indexFiles = new IndexFiles(files.offsetIndex(baseOffset), files.timeIndex(baseOffset));
        this.abortedFile = new AbortedFile(files.abortedIndex(baseOffset), baseOffset);
        this.indexInterval = indexInterval;
        this.walk = new BatchWalk(files.log(baseOffset), baseOffset);
    }

    /** A segment without a file: the first append makes it. */
    static Segment empty(LogFiles files, long baseOffset, SegmentSettings settings) {
        SegmentFile file = new SegmentFile(files.log(baseOffset), 0, settings.disk());
        Segment segment = new Segment(files, baseOffset, file, settings.indexInterval());
        segment.indexFiles.areNotThere();
        return segment;
    }

    /** A segment of which all {@code length} bytes are known to be whole batches. */
    static Segment whole(LogFiles files, long baseOffset, int length, SegmentSettings settings) {
        SegmentFile file = new SegmentFile(files.log(baseOffset), length, settings.disk());
        Segment segment = new Segment(files, baseOffset, file, settings.indexInterval());
        segment.size = length;
        return segment;
    }

    /** An empty segment in a file that is there, under another name than it will have; so are the indexes. */
    static Segment cleaned(LogFiles files, long baseOffset, SegmentSettings settings) throws IOException {
        SegmentFile file = new SegmentFile(LogFiles.cleaned(files.log(baseOffset)), 0, settings.disk());
        file.create();
        Segment segment = new Segment(files, baseOffset, file, settings.indexInterval());
        segment.indexFiles.renamed(
                LogFiles.cleaned(files.offsetIndex(baseOffset)), LogFiles.cleaned(files.timeIndex(baseOffset)));
        segment.abortedFile.renamed(LogFiles.cleaned(files.abortedIndex(baseOffset)));
        return segment;
    }

    /** The indexes have the names now that they will have. */
    void indexesAreNamed(LogFiles files) {
        indexFiles.renamed(files.offsetIndex(baseOffset), files.timeIndex(baseOffset));
        abortedFile.renamed(files.abortedIndex(baseOffset));
    }

    /**
     * Checks what nothing vouches for, and the rest as well if that does not look as it should.
     *
     * @param limitOffset where the next segment begins
     * @param rest        what is done with the bytes from the first damage on that is not vouched for
     */
    SegmentRecovery.Recovered recover(SegmentRecovery.Known known, long limitOffset, Rest rest) throws IOException {
        SparseIndex loaded = known.position() == 0 || !beginsWithBatch()
                ? null
                : indexFiles.load(known.position()).orElse(null);
        index = loaded == null ? new SparseIndex() : loaded;
        SegmentRecovery recovery = new SegmentRecovery(file, baseOffset, new IndexFiller(index, indexInterval));
        if (loaded == null) {
            recovery.check(known);
        }
        SegmentRecovery.Recovered recovered = recovery.checkBehind(known, limitOffset, rest);
        size = recovered.length();
        damaged = !recovered.damages().isEmpty();
        return recovered;
    }

    /** Writes the index of a segment that is whole and that nothing is appended to any more. */
    void saveIndex(long endOffset) throws IOException {
        if (!damaged) {
            markEnd(endOffset);
            indexFiles.saveIfWorthwhile(index, index.count(), indexInterval);
            thinIndex();
        }
    }

    /**
     * Keeps no more of the index in memory than searches of a segment need to which nothing is appended: all of it would
     * take 16 bytes for each 4 KB of the log. The files, which are right, keep it all. Only an opening does so: segments
     * that end while the broker runs keep theirs until the next start.
     */
    void thinIndex() {
        index = index.thinned(Math.min(FARTHEST_POINTS, size / FEWEST_POINTS));
    }

    /**
     * The end offset of a segment whose two ends are as they were left when it was sealed: its first batch's header
     * makes sense, and so does the index, which ends where the file does, and is kept. -1 for one that has to be checked.
     */
    long sealedEnd() throws IOException {
        SparseIndex loaded = indexFiles.load(size).orElse(null);
        if (loaded == null || size > 0 && !beginsWithBatch()) {
            return -1;
        }
        index = loaded;
        return baseOffset + loaded.relativeOffset(loaded.count() - 1);
    }

    private boolean beginsWithBatch() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BatchLayout.HEADER_SIZE);
        file.read(header, 0);
        boolean begins = walk.isBatch(header, 0, size);
        firstMillis = begins ? new RecordBatch(header, 0).maxTimestamp() : NO_TIMESTAMP;
        return begins;
    }

    private long firstMillis() throws IOException {
        if (size > 0 && firstMillis == UNKNOWN) {
            try {
                beginsWithBatch();
            } catch (NoSuchFileException deleted) {
                return NO_TIMESTAMP;
            }
        }
        return size == 0 ? NO_TIMESTAMP : firstMillis;
    }

    long baseOffset() {
        return baseOffset;
    }

    int size() {
        return size;
    }

    /** What others are told of it; asks the file for its time when no batch has one. */
    LogSegment describe() throws IOException {
        long timestamp = index.largestTimestamp();
        return new LogSegment(baseOffset, size, firstMillis(), timestamp >= 0 ? timestamp : lastWritten());
    }

    /** Of a file that was just deleted nobody needs to know: then it is never too old. */
    private long lastWritten() throws IOException {
        try {
            return lastModified().toMillis();
        } catch (NoSuchFileException deleted) {
            return Long.MAX_VALUE;
        }
    }

    /** Appends batches, or throws and changes nothing; {@code limit} is how long the file may get ahead of need. */
    void append(ByteBuffer batches, int limit) throws IOException {
        IndexFiller filler = new IndexFiller(index, indexInterval);
        int begin = size;
        file.write(batches, begin, limit);
        if (begin == 0) {
            firstMillis = new RecordBatch(batches, batches.position()).maxTimestamp();
        }
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

    /** Makes the batches durable that are here. */
    void force() throws IOException {
        file.force();
    }

    /** Where the first batch lies from an offset on, or the end. */
    int positionOf(long offset) throws IOException {
        int end = size;
        if (end == 0) {
            return 0;
        }
        Mapping mapping = file.lease(end);
        try {
            return searchIn(mapping.bytes(), end).positionOf(offset);
        } finally {
            mapping.release();
        }
    }

    /** Where its batches are at the moment. */
    Path path() {
        return file.path();
    }

    /** Gives the file another name; who reads notices nothing. */
    void moveTo(Path target) throws IOException {
        file.moveTo(target);
    }

    /** Writes the index of all that is here, and makes it durable. */
    void saveIndex(Disk disk) throws IOException {
        indexFiles.save(index, index.count());
        indexFiles.force(disk);
    }

    /** Writes the index of aborted transactions, although there may be none, and makes it durable. */
    void saveAborted(Disk disk) throws IOException {
        abortedFile.create();
        abortedFile.save(aborted, aborted.count());
        abortedFile.force(disk);
    }

    /** Makes the saved part of the index of aborted transactions durable. */
    void forceAborted(Disk disk) throws IOException {
        abortedFile.force(disk);
    }

    /** When the file was last written. */
    FileTime lastModified() throws IOException {
        return Files.getLastModifiedTime(file.path());
    }

    void lastModified(FileTime time) throws IOException {
        Files.setLastModifiedTime(file.path(), time);
    }

    /** The transactions whose markers are here and aborted them. */
    AbortedIndex aborted() {
        return aborted;
    }

    /** Loads them as a checkpoint says that they were; false when they are lost. */
    boolean loadAborted(AbortedFile.Saved known) throws IOException {
        Optional<AbortedIndex> loaded = abortedFile.load(known, size);
        aborted = loaded.orElseGet(AbortedIndex::new);
        return loaded.isPresent();
    }

    /** Has none any more, nor has the file any that counts. */
    void forgetAborted() {
        aborted = new AbortedIndex();
        abortedFile.forget();
    }

    /** What a checkpoint has to say of them. */
    AbortedFile.Saved savedAborted() {
        return abortedFile.saved();
    }

    /** Takes note of all batches that are here now: makes the end an entry of the index, and touches no file. */
    Flush prepareFlush(long endOffset) {
        int abortedEntries = aborted.count();
        if (damaged) {
            return new Flush(this, 0, abortedEntries);
        }
        markEnd(endOffset);
        return new Flush(this, index.count(), abortedEntries);
    }

    /**
     * What is to be made durable of a segment; batches that come after it are none of its business.
     *
     * @param indexEntries   how many entries of the index to write; 0 for that of a damaged segment
     * @param abortedEntries how many aborted transactions
     */
    record Flush(Segment segment, int indexEntries, int abortedEntries) {
        /** Makes the batches durable and writes the indexes, of which the last entry of one is the end; beside appends. */
        void run() throws IOException {
            segment.file.force();
            if (indexEntries > 0) {
                segment.indexFiles.saveIfWorthwhile(segment.index, indexEntries, segment.indexInterval);
            }
            segment.abortedFile.save(segment.aborted, abortedEntries);
        }
    }

    /**
     * Adds to the slice what the limit allows of the batches from the one that contains {@code offset} (or the
     * next one) on; says whether that was all of the segment's rest.
     */
    boolean read(long offset, ReadLimit limit, MappedSlice slice) throws IOException {
        int end = size;
        if (end == 0) {
            return true;
        }
        Mapping mapping = file.lease(end);
        boolean handedOver = false;
        try {
            SegmentSearch search = searchIn(mapping.bytes(), end);
            int from = search.positionOf(offset);
            if (from < end && !walk.isBatch(mapping.bytes(), from, end)) {
                throw walk.damaged(from, mapping.bytes(), end);
            }
            boolean beginsSlice = slice.sizeInBytes() == 0;
            int to = search.stopOf(limit, from, beginsSlice);
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
        if (end == 0 || index.largestTimestamp() < timestamp) {
            return NOT_FOUND;
        }
        Mapping mapping = file.lease(end);
        try {
            return searchIn(mapping.bytes(), end).firstBatchAtOrAfter(timestamp, offset);
        } finally {
            mapping.release();
        }
    }

    /** The largest timestamp from the batch with this offset on; the smallest possible number without any batch. */
    long largestTimestamp(long offset) throws IOException {
        int end = size;
        long ofAll = index.largestTimestamp();
        if (end == 0 || offset <= baseOffset) {
            return ofAll;
        }
        Mapping mapping = file.lease(end);
        try {
            return searchIn(mapping.bytes(), end).largestTimestamp(offset, ofAll);
        } finally {
            mapping.release();
        }
    }

    private SegmentSearch searchIn(ByteBuffer bytes, int end) {
        return new SegmentSearch(baseOffset, index, walk, bytes, end);
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

    private void markEnd(long endOffset) {
        index.addEnd((int) (endOffset - baseOffset), size, index.largestTimestamp());
    }
}
