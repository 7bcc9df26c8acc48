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
        // One look-up each: a request that names a partition twice is refused.
        List<OffsetFound> starts = lookUp(context, topic, from, to, OffsetQuery.EARLIEST);
        List<OffsetFound> ends = lookUp(context, topic, from, to, OffsetQuery.LATEST);
        List<PartitionRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ranges.add(new PartitionRange(from + i, offset(starts.get(i)), offset(ends.get(i))));
        }
        return ranges;
    }

    private List<OffsetFound> lookUp(RequestContext context, Topic topic, int from, int to, long which) {
        List<OffsetQuery> queries = new ArrayList<>();
        for (int partition = from; partition < to; partition++) {
            queries.add(new OffsetQuery(new TopicPartition(topic.name(), partition), -1, which));
        }
        return Completion.await(offsets.lookUp(context, IsolationLevel.READ_UNCOMMITTED, queries));
    }

    private static long offset(OffsetFound found) {
        Failures.check(found.error(), null, "the offsets of " + found.partition() + " cannot be told");
        return found.offset();
    }
}
