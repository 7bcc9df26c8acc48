package io.strikemq.domain.log;

import java.util.List;

/**
 * Which of a log's segments are too old, or too many, as Kafka has it: the oldest ones of which each has only records that are
 * older than the limit, and the oldest ones without which the log is still as large as it may be. The segment that is
 * appended to is no exception. One whose latest timestamp lies in the future stays, and so do all behind it.
 *
 * @param millis the limit of age in ms; negative for none (retention.ms)
 * @param bytes  the limit of size; negative for none (retention.bytes)
 */
public record Retention(long millis, long bytes) {
    /** What {@link #nextMillis} answers when no time comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether anything goes, ever. */
    public boolean isLimited() {
        return millis >= 0 || bytes >= 0;
    }

    /**
     * The offset before which all records go, the base offset of the first segment that stays or the end of the log.
     *
     * @param segments  all segments of a log, in order
     * @param endOffset where the log ends
     * @param nowMillis the time, in ms since 1970
     */
    public long startOffset(List<LogSegment> segments, long endOffset, long nowMillis) {
        if (segments.isEmpty()) {
            return endOffset;
        }
        int tooMany = tooMany(segments);
        int first = tooMany;
        while (first < segments.size() && isTooOld(segments.get(first), nowMillis)) {
            first++;
        }
        return first == segments.size() ? endOffset : segments.get(first).baseOffset();
    }

    private int tooMany(List<LogSegment> segments) {
        if (bytes < 0) {
            return 0;
        }
        long excess = segments.stream().mapToLong(LogSegment::sizeInBytes).sum() - bytes;
        int count = 0;
        while (count < segments.size() && excess >= segments.get(count).sizeInBytes()) {
            excess -= segments.get(count).sizeInBytes();
            count++;
        }
        return count;
    }

    private boolean isTooOld(LogSegment segment, long nowMillis) {
        return millis >= 0 && nowMillis - segment.lastMillis() > millis;
    }

    /** When the first of these segments becomes too old if nothing is appended, in ms since 1970; {@link #NEVER} if never. */
    public long nextMillis(List<LogSegment> segments) {
        if (millis < 0 || segments.isEmpty()) {
            return NEVER;
        }
        long last = segments.get(0).lastMillis();
        return last > NEVER - 1 - millis ? NEVER : last + millis + 1;
    }
}
