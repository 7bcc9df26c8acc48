package io.strikemq.domain.journal;

/**
 * How much of the requests is kept.
 *
 * @param capacity how many at the most; 0: none
 * @param kept     how many there are
 * @param dropped  how many there were before those, since the journal was cleared
 */
public record JournalSize(int capacity, long kept, long dropped) {
    /** The largest capacity. */
    public static final int MOST = 1_000_000;
}
