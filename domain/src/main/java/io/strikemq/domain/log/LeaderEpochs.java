package io.strikemq.domain.log;

import java.util.List;

/**
 * At which offset each leader epoch of a partition began, in ascending order (KIP-101). From it a client that was led
 * by another broker learns how far its own view of the log still holds (KIP-320).
 */
public record LeaderEpochs(List<Begin> begins) {
    private static final int NONE = -1;

    /** The offset of an epoch's first record. */
    public record Begin(int epoch, long startOffset) {}

    /** Where an epoch ended: the offset after its last record. */
    public record End(int epoch, long endOffset) {
        /** There is no such epoch (yet). */
        public static final End UNKNOWN = new End(-1, -1);
    }

    public LeaderEpochs {
        begins = List.copyOf(begins);
    }

    /** The history of a partition that always had the same leader. */
    public static LeaderEpochs only(int epoch, long startOffset) {
        return new LeaderEpochs(List.of(new Begin(epoch, startOffset)));
    }

    /**
     * The largest epoch not beyond {@code requested}, and where it ended. An epoch before the first known one "ended"
     * where that began: its records are gone. One after the last, and -1 for none, is {@link End#UNKNOWN}.
     */
    public End endOf(int requested, long logEndOffset) {
        int floor = -1;
        for (int i = 0; i < begins.size() && begins.get(i).epoch() <= requested; i++) {
            floor = i;
        }
        boolean last = floor == begins.size() - 1;
        if (requested == NONE || last && (floor < 0 || begins.get(floor).epoch() < requested)) {
            return End.UNKNOWN;
        }
        long end = last ? logEndOffset : begins.get(floor + 1).startOffset();
        return new End(floor < 0 ? requested : begins.get(floor).epoch(), end);
    }
}
