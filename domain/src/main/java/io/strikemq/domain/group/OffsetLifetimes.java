package io.strikemq.domain.group;

/** From when on the retention time of a group's offsets runs (KIP-211), as the group is at one moment. */
@FunctionalInterface
public interface OffsetLifetimes {
    /** From when on the time runs for the offsets of this topic. */
    OffsetLifetime of(String topic);

    /** From when on the time runs. */
    sealed interface OffsetLifetime {
        /** It does not run. */
        record Endless() implements OffsetLifetime {}

        /** From each commit. */
        record SinceCommit() implements OffsetLifetime {}

        /** From a moment, in ms. */
        record Since(long moment) implements OffsetLifetime {}
    }

    /** Where no time runs. */
    OffsetLifetime ENDLESS = new OffsetLifetime.Endless();
    /** Where it runs from each commit. */
    OffsetLifetime SINCE_COMMIT = new OffsetLifetime.SinceCommit();
}
