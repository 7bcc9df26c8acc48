package io.strikemq.domain.offset;

import io.strikemq.domain.topic.admin.Mode;
import java.util.List;

/**
 * Moves a group's committed offsets.
 *
 * @param topics null for all partitions that have a committed offset
 * @param mode   whether the offsets are committed, or only told
 */
public record OffsetReset(String groupId, ResetTarget target, List<Topic> topics, Mode mode) {
    public OffsetReset {
        topics = topics == null ? null : List.copyOf(topics);
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
}
