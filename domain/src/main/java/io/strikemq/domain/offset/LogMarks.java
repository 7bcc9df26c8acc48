package io.strikemq.domain.offset;

/**
 * What a log tells those who look for an offset in it.
 *
 * @param start  the first offset that it has
 * @param end    the offset that its next record gets
 * @param atTime the first offset whose record is at least as new as the time that was asked for; -1 for none
 */
public record LogMarks(long start, long end, long atTime) {
    /** Where {@link #atTime} has no offset. */
    public static final long NONE = -1;
}
