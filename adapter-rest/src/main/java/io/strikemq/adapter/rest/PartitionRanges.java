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

    /** The offsets that one partition holds, as far as such a reader may see them. */
    PartitionRange of(RequestContext context, Topic topic, int partition, IsolationLevel isolation) {
        return ranges(context, topic, partition, partition + 1, isolation).get(0);
    }

    /** The offsets that each partition holds, by partition. */
    List<PartitionRange> of(RequestContext context, Topic topic) {
        return ranges(context, topic, 0, topic.partitionCount(), IsolationLevel.READ_UNCOMMITTED);
    }

    private List<PartitionRange> ranges(
            RequestContext context, Topic topic, int from, int to, IsolationLevel isolation) {
        // One look-up each: a request that names a partition twice is refused.
        List<OffsetFound> starts = lookUp(context, isolation, queries(topic, from, to, OffsetQuery.EARLIEST));
        List<OffsetFound> ends = lookUp(context, isolation, queries(topic, from, to, OffsetQuery.LATEST));
        List<PartitionRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ranges.add(new PartitionRange(from + i, offset(starts.get(i)), offset(ends.get(i))));
        }
        return ranges;
    }

    private static List<OffsetQuery> queries(Topic topic, int from, int to, long which) {
        List<OffsetQuery> queries = new ArrayList<>();
        for (int partition = from; partition < to; partition++) {
            queries.add(new OffsetQuery(new TopicPartition(topic.name(), partition), -1, which));
        }
        return queries;
    }

    private List<OffsetFound> lookUp(RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries) {
        return Completion.await(offsets.lookUp(context, isolation, queries));
    }

    private static long offset(OffsetFound found) {
        Failures.check(found.error(), null, "the offsets of " + found.partition() + " cannot be told");
        return found.offset();
    }
}
