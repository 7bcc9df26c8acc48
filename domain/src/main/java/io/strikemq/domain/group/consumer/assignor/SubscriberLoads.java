package io.strikemq.domain.group.consumer.assignor;

import java.util.Arrays;

/**
 * The subscribers of one topic from the least to the most loaded, like the bottom of a valley and the top of a hill beside it: partitions fill it from below, level by level, and
 * are taken from above, level by level, until both have met. On a level subscribers take turns, in filling from the first to the last, in draining the other way round.
 *
 * <p>Loads are kept by the assignment that asks, which changes them as it gives and takes.
 */
final class SubscriberLoads {
    private static final int NOBODY = -1;

    /** The load of each member by its place, shared with the assignment. */
    private final int[] loads;

    /** Places of the subscribers, by load and then by place, and what is to be sorted for that. */
    private int[] order = new int[0];

    private long[] keys = new long[0];
    private int size;

    /** Filling: the subscribers in front of {@code filledEnd} have come to {@code fillLevel}, those from {@code fillNext} on after their turn. */
    private int fillLevel;

    private int filledEnd;
    private int fillNext;

    /** Draining: the same from the other end; those from {@code drainEnd} on have nothing of the topic any more. */
    private int drainLevel;

    private int drainStart;
    private int drainEnd;
    private int drainNext;

    SubscriberLoads(int[] loads) {
        this.loads = loads;
    }

    /** Begins with the subscribers of a topic, of which there must be one, and says by how much the most loaded is above the least. */
    int begin(int[] subscribers) {
        sort(subscribers);
        int least = loads[order[0]];
        int most = loads[order[size - 1]];
        fillLevel = least - 1;
        filledEnd = 0;
        fillNext = 0;
        drainLevel = most + 1;
        drainStart = size;
        drainEnd = size;
        drainNext = size - 1;
        return most - least;
    }

    private void sort(int[] subscribers) {
        size = subscribers.length;
        if (order.length < size) {
            order = new int[size];
            keys = new long[size];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = (long) loads[subscribers[i]] << Integer.SIZE | subscribers[i];
        }
        Arrays.sort(keys, 0, size);
        for (int i = 0; i < size; i++) {
            order[i] = (int) keys[i];
        }
    }

    /** Who gets the next partition. */
    int nextToFill() {
        if (fillNext >= filledEnd) {
            fillLevel++;
            while (filledEnd < size && loads[order[filledEnd]] == fillLevel) {
                filledEnd++;
            }
            fillNext = 0;
        }
        return order[fillNext++];
    }

    /** From whom to take the next partition; -1 if nobody has any left. */
    int nextToDrain() {
        if (drainNext < drainStart) {
            boolean allPassedOver = drainEnd <= drainStart && drainStart > 0;
            drainLevel = allPassedOver ? loads[order[drainStart - 1]] : drainLevel - 1;
            while (drainStart > 0 && loads[order[drainStart - 1]] == drainLevel) {
                drainStart--;
            }
            drainNext = drainEnd - 1;
        }
        return drainNext < 0 ? NOBODY : order[drainNext--];
    }

    /** The one whom {@link #nextToDrain} has named last has nothing to give: it is not named again. */
    void passOverDrained() {
        order[drainNext + 1] = order[--drainEnd];
    }

    /** Whether the levels are at most one apart, so that no move would help. */
    boolean isLevel() {
        return drainLevel - fillLevel <= 1;
    }
}
