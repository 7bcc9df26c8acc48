package io.strikemq.domain.offset;

import io.strikemq.domain.topic.admin.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves a group's committed offsets: {@code OffsetReset.of("billing", ResetTarget.EARLIEST).topic("orders").expellingMembers()}.
 *
 * @param topics  null for all partitions that have a committed offset
 * @param mode    whether the offsets are committed, or only told
 * @param members what becomes of the group's members
 */
public record OffsetReset(String groupId, ResetTarget target, List<Topic> topics, Mode mode, Members members) {
    public OffsetReset {
        topics = topics == null ? null : List.copyOf(topics);
    }

    /** What a reset does with members, of which Kafka allows none. */
    public enum Members {
        /** A group that has some is not reset, as in Kafka. */
        REFUSED,
        /** They notice nothing: they read on where they are, and what they commit next takes the place of the reset. */
        KEPT,
        /**
         * They are expelled in the same moment, so that nothing they have read until now can be committed any more. They join again by
         * themselves and begin at the reset offsets.
         */
        EXPELLED
    }

    /**
     * A topic of which offsets are reset, committed before or not.
     *
     * @param partitions null for all of them
     */
    public record Topic(String name, List<Integer> partitions) {
        public Topic {
            partitions = partitions == null ? null : List.copyOf(partitions);
        }
    }

    /** A reset of all partitions that have a committed offset, of a group without members. */
    public static OffsetReset of(String groupId, ResetTarget target) {
        return new OffsetReset(groupId, target, null, Mode.APPLY, Members.REFUSED);
    }

    /** The same of these partitions of a topic, and of others that are named so; without a number of all of its partitions. */
    public OffsetReset topic(String name, int... partitions) {
        List<Topic> all = new ArrayList<>(topics == null ? List.of() : topics);
        all.add(new Topic(
                name,
                partitions.length == 0
                        ? null
                        : Arrays.stream(partitions).boxed().toList()));
        return new OffsetReset(groupId, target, all, mode, members);
    }

    /** The same, but that nothing is committed. */
    public OffsetReset dryRun() {
        return new OffsetReset(groupId, target, topics, Mode.VALIDATE_ONLY, members);
    }

    /** The same under the members, who notice nothing: {@link Members#KEPT}. */
    public OffsetReset keepingMembers() {
        return new OffsetReset(groupId, target, topics, mode, Members.KEPT);
    }

    /** The same with the members expelled: {@link Members#EXPELLED}. */
    public OffsetReset expellingMembers() {
        return new OffsetReset(groupId, target, topics, mode, Members.EXPELLED);
    }
}
