package io.strikemq.adapter.rest;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;

/** Tells which offsets the partitions of a topic hold. */
final class PartitionRanges {
    private final LookUpOffsets offsets;

    PartitionRanges(LookUpOffsets offsets) {
        this.offsets = offsets;
    }

    /** The offsets that one partition holds. */
    PartitionRange of(RequestContext context, Topic topic, int partition) {
        return ranges(context, topic, partition, partition + 1).get(0);
    }

    /** The offsets that each partition holds, by partition. */
    List<PartitionRange> of(RequestContext context, Topic topic) {
        return ranges(context, topic, 0, topic.partitionCount());
    }

    private List<PartitionRange> ranges(RequestContext context, Topic topic, int from, int to) {
        List<OffsetQuery> queries = new ArrayList<>();
        for (int partition = from; partition < to; partition++) {
            TopicPartition queried = new TopicPartition(topic.name(), partition);
            queries.add(new OffsetQuery(queried, -1, OffsetQuery.EARLIEST));
            queries.add(new OffsetQuery(queried, -1, OffsetQuery.LATEST));
        }
        List<OffsetFound> found = offsets.lookUp(context, IsolationLevel.READ_UNCOMMITTED, queries);
        List<PartitionRange> ranges = new ArrayList<>();
        for (int i = 0; i < found.size(); i += 2) {
            ranges.add(new PartitionRange(from + i / 2, offset(found.get(i)), offset(found.get(i + 1))));
        }
        return ranges;
    }

    private static long offset(OffsetFound found) {
        Failures.check(found.error(), null, "the offsets of " + found.partition() + " cannot be told");
        return found.offset();
    }
}
