package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The segments of a log in the order of their offsets, as they were at one moment: the list never changes, though its
 * last segment grows. Searches begin at an offset, since the first segment may hold batches before the log's start.
 */
final class SegmentList {
    private final Segment[] all;

    /** A list of these, which it owns from now on. */
    SegmentList(Segment... all) {
        this.all = all;
    }

    /** All of them, in order. */
    List<Segment> all() {
        return List.of(all);
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    /** Where the first segment begins. */
    long baseOffsetOr(long none) {
        return isEmpty() ? none : all[0].baseOffset();
    }

    /** The segment that is appended to, of a list that is not empty. */
    Segment active() {
        return all[all.length - 1];
    }

    long sizeInBytes() {
        return Arrays.stream(all).mapToLong(Segment::size).sum();
    }

    List<LogSegment> describe() throws IOException {
        List<LogSegment> described = new ArrayList<>(all.length);
        for (Segment segment : all) {
            described.add(segment.describe());
        }
        return described;
    }

    boolean contains(Segment segment) {
        return Arrays.asList(all).contains(segment);
    }

    /** This list with one more. */
    SegmentList with(Segment next) {
        Segment[] longer = Arrays.copyOf(all, all.length + 1);
        longer[all.length] = next;
        return new SegmentList(longer);
    }

    /** The segments from the one on that begins at an offset, before another one; none if there is no such. */
    List<Segment> between(long baseOffset, long limitOffset) {
        int from = indexOf(baseOffset);
        int to = from;
        while (to < all.length && all[to].baseOffset() < limitOffset) {
            to++;
        }
        boolean isThere = !isEmpty() && all[from].baseOffset() == baseOffset;
        return isThere ? Arrays.asList(all).subList(from, to) : List.of();
    }

    /** Whether a segment begins at this offset. */
    boolean hasSegmentAt(long baseOffset) {
        return !isEmpty() && segmentOf(baseOffset).baseOffset() == baseOffset;
    }

    /** This list with another segment in the place of some of its own, which follow one another. */
    SegmentList replaced(List<Segment> old, Segment by) {
        List<Segment> replaced = new ArrayList<>(Arrays.asList(all));
        int from = replaced.indexOf(old.get(0));
        replaced.subList(from, from + old.size()).clear();
        replaced.add(from, by);
        return new SegmentList(replaced.toArray(new Segment[0]));
    }

    /** The segments that lie wholly before an offset; the last one of the list does if the log ends there. */
    List<Segment> before(long offset, long endOffset) {
        int count = offset == endOffset ? all.length : 0;
        while (count + 1 < all.length && all[count + 1].baseOffset() <= offset) {
            count++;
        }
        return Arrays.asList(all).subList(0, count);
    }

    /** This list without its first {@code count} segments. */
    SegmentList without(int count) {
        return new SegmentList(Arrays.copyOfRange(all, count, all.length));
    }

    /** What is needed to make durable all segments from the one with this base offset on, up to the log's end. */
    List<Segment.Flush> prepareFlush(long fromBaseOffset, long endOffset) {
        List<Segment.Flush> flushes = new ArrayList<>();
        for (int index = 0; index < all.length; index++) {
            if (all[index].baseOffset() >= fromBaseOffset) {
                flushes.add(all[index].prepareFlush(index + 1 == all.length ? endOffset : all[index + 1].baseOffset()));
            }
        }
        return flushes;
    }

    /** The base offset of the first batch, from the one with {@code offset} on, with at least this max timestamp. */
    OptionalLong firstBatchAtOrAfter(long timestamp, long offset) throws IOException {
        for (int index = indexOf(offset); index < all.length; index++) {
            long found = all[index].firstBatchAtOrAfter(timestamp, offset);
            if (found != Segment.NOT_FOUND) {
                return OptionalLong.of(found);
            }
        }
        return OptionalLong.empty();
    }

    /** The base offset of the first of the batches with the largest max timestamp, from the one with this offset on. */
    OptionalLong batchWithLatestTimestamp(long offset) throws IOException {
        long latest = Long.MIN_VALUE;
        for (int index = indexOf(offset); index < all.length; index++) {
            latest = Math.max(latest, all[index].largestTimestamp(offset));
        }
        return firstBatchAtOrAfter(latest, offset);
    }

    /**
     * Batches from the one that contains the offset, or the first one after it, up to what cannot be read; the list is
     * not empty.
     *
     * @throws DamagedRecordsException when it is the offset itself that cannot be read
     */
    MappedSlice read(long offset, ReadLimit limit) throws IOException {
        MappedSlice slice = new MappedSlice();
        try {
            int index = indexOf(offset);
            while (all[index].read(offset, limit.after(slice.sizeInBytes()), slice) && ++index < all.length) {
                // The next segment goes on with the same slice.
            }
            return slice;
        } catch (IOException | RuntimeException failure) {
            if (failure instanceof IOException && slice.sizeInBytes() > 0) {
                return slice;
            }
            slice.release();
            throw failure;
        }
    }

    /** The segment in whose range of offsets this one lies; the list is not empty. */
    Segment segmentOf(long offset) {
        return all[indexOf(offset)];
    }

    /** The aborted transactions whose markers lie at or behind {@code offset} and whose first offsets before {@code end}. */
    List<AbortedTransaction> aborted(long offset, long end) {
        List<AbortedTransaction> found = List.of();
        boolean isComplete = false;
        for (int index = indexOf(offset); index < all.length && !isComplete; index++) {
            AbortedIndex aborted = all[index].aborted();
            if (aborted.count() > 0) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                isComplete = aborted.collect(offset, end, found);
            }
        }
        return found;
    }

    /** What a checkpoint has to say of the aborted transactions. */
    List<AbortedFile.Saved> savedAborted() {
        return Arrays.stream(all)
                .map(Segment::savedAborted)
                .filter(saved -> saved.entries() > 0)
                .toList();
    }

    /** Where the segment ends that holds the offset. */
    long segmentEnd(long offset, long endOffset) {
        int next = indexOf(offset) + 1;
        return next < all.length ? all[next].baseOffset() : endOffset;
    }

    /** The last segment that begins at or before the offset, or the first one. */
    private int indexOf(long offset) {
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].baseOffset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    void closeAll(SegmentClosing closing) throws IOException {
        IOException first = null;
        for (Segment segment : all) {
            try {
                closing.close(segment);
            } catch (IOException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** One of the ways in which a segment is closed. */
    @FunctionalInterface
    interface SegmentClosing {
        void close(Segment segment) throws IOException;
    }
}
