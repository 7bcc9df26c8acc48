package io.strikemq.domain.compaction;

import io.strikemq.domain.log.LogSegment;
import java.util.List;

/**
 * What decides about the compaction of a log, by Kafka's rules. Compacted are whole segments: none that is appended to, none from
 * the one on that holds the last stable offset, none from the first dirty one on whose latest record is younger than
 * min.compaction.lag.ms. It is due when the dirty part is large enough, or when its first records are old enough
 * (KIP-354).
 *
 * @param segments         all of them, in order
 * @param startOffset      of the log
 * @param endOffset        of the log
 * @param activeOffset     where the segment begins that is appended to; the log's end if that has yet to begin
 * @param lastStableOffset behind which there are open transactions
 * @param compactedTo      up to where it was compacted before
 */
public record CompactableLog(
        List<LogSegment> segments,
        long startOffset,
        long endOffset,
        long activeOffset,
        long lastStableOffset,
        long compactedTo) {
    /** What {@link #nextMillis} answers when no time comes. */
    public static final long NEVER = Long.MAX_VALUE;

    public CompactableLog {
        segments = List.copyOf(segments);
    }

    /** What can be compacted at this time, in ms since 1970. */
    public DirtyRange dirty(CompactionSettings settings, long nowMillis) {
        long from = from();
        long to = segmentStart(Math.max(from, Math.min(settled(), safeFrom(settings, nowMillis))));
        return new DirtyRange(
                from,
                to,
                bytes(Long.MIN_VALUE, from),
                from >= to ? 0 : bytes(baseOfSegmentAt(from), to),
                firstDirtyMillis() < nowMillis - settings.maxLagMs());
    }

    /**
     * When more of it can be compacted, or it is overdue, if nothing is appended: in ms since 1970, later than now; {@link #NEVER}
     * if that changes nothing.
     */
    public long nextMillis(CompactionSettings settings, long nowMillis) {
        long next = NEVER;
        if (settings.minLagMs() > 0) {
            for (LogSegment segment : dirtySegments()) {
                long safeUntil = plus(segment.lastMillis(), settings.minLagMs());
                if (safeUntil > nowMillis) {
                    next = safeUntil;
                    break;
                }
            }
        }
        long overdue = plus(firstDirtyMillis(), plus(settings.maxLagMs(), 1));
        return overdue > nowMillis ? Math.min(next, overdue) : next;
    }

    /** Where the first segment begins, which may be before the log's start. */
    public long startOfSegments() {
        return segments.isEmpty() ? startOffset : segments.get(0).baseOffset();
    }

    /** The segments that begin before an offset. */
    public List<LogSegment> segmentsBefore(long offset) {
        return segments.stream()
                .filter(segment -> segment.baseOffset() < offset)
                .toList();
    }

    /** Where one of these segments ends: the base offset of the next one, or the log's end. */
    public long endOf(LogSegment segment) {
        return segments.stream()
                .mapToLong(LogSegment::baseOffset)
                .filter(base -> base > segment.baseOffset())
                .findFirst()
                .orElse(endOffset);
    }

    private long from() {
        return compactedTo < startOffset || compactedTo > endOffset ? startOffset : compactedTo;
    }

    /** Beyond this records may yet be aborted, or are still being appended. */
    private long settled() {
        return Math.min(lastStableOffset, activeOffset);
    }

    private long safeFrom(CompactionSettings settings, long nowMillis) {
        if (settings.minLagMs() > 0) {
            for (LogSegment segment : dirtySegments()) {
                if (segment.lastMillis() > nowMillis - settings.minLagMs()) {
                    return segment.baseOffset();
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** Those that are not appended to any more, from the one on that holds the first dirty offset; none if all are clean. */
    private List<LogSegment> dirtySegments() {
        if (from() >= activeOffset) {
            return List.of();
        }
        long first = baseOfSegmentAt(from());
        return segments.stream()
                .filter(segment -> segment.baseOffset() >= first && segment.baseOffset() < activeOffset)
                .toList();
    }

    /** The earliest timestamp with which a dirty segment begins; without any, later than all. */
    private long firstDirtyMillis() {
        return dirtySegments().stream()
                .mapToLong(LogSegment::firstMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long segmentStart(long offset) {
        return offset >= activeOffset ? activeOffset : baseOfSegmentAt(offset);
    }

    private long baseOfSegmentAt(long offset) {
        long base = segments.isEmpty() ? offset : segments.get(0).baseOffset();
        for (LogSegment segment : segments) {
            if (segment.baseOffset() <= offset) {
                base = segment.baseOffset();
            }
        }
        return base;
    }

    private long bytes(long from, long to) {
        return segments.stream()
                .filter(segment -> segment.baseOffset() >= from && segment.baseOffset() < to)
                .mapToLong(LogSegment::sizeInBytes)
                .sum();
    }

    private static long plus(long millis, long more) {
        return millis > Long.MAX_VALUE - more ? NEVER : millis + more;
    }
}
