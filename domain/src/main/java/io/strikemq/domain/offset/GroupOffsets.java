package io.strikemq.domain.offset;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;

/** A group's committed offsets: an error of the whole group, or one row a partition. */
public record GroupOffsets(String groupId, ErrorCode error, List<Row> rows) {
    public GroupOffsets {
        rows = List.copyOf(rows);
    }

    /** One partition's: offset -1, epoch -1 and empty metadata where nothing is committed. */
    public record Row(TopicRef topic, int partition, long offset, int leaderEpoch, String metadata, ErrorCode error) {}
}
