package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells how far a group is behind the ends of logs. */
final class GroupLag {
    /** What a row takes while it is made, at the most. */
    private static final int ROW_BYTES = 256;

    private final LookUpOffsets offsets;

    GroupLag(LookUpOffsets offsets) {
        this.offsets = offsets;
    }

    /**
     * How far the group is in a partition.
     *
     * @param committedOffset null where nothing is committed
     * @param lag             from the committed offset to the end, as Kafka's tools count; null where either is not known
     * @param metadata        the note of who committed; null where nothing is committed
     * @param error           why there is no end; left out where there is one
     */
    record Row(
            String topic,
            int partition,
            Long committedOffset,
            Long endOffset,
            Long lag,
            String metadata,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error) {}

    /** The partitions that have a committed offset or are assigned, by topic and partition. */
    List<Row> of(RestCall call, ShownGroup group, GroupOffsets committed) {
        Map<TopicPartition, GroupOffsets.Row> wanted = new TreeMap<>();
        group.members().stream()
                .flatMap(member -> member.assignment().stream())
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> wanted.put(new TopicPartition(topic.topic(), partition), null)));
        committed.rows().stream()
                .filter(GroupLag::isCommitted)
                .forEach(row -> wanted.put(new TopicPartition(row.topic().name(), row.partition()), row));
        call.memory().take((long) wanted.size() * ROW_BYTES);
        return rows(wanted, ends(call.context(), wanted));
    }

    /** Whether the row has an offset. */
    static boolean isCommitted(GroupOffsets.Row row) {
        return row.error() == ErrorCode.NONE && row.offset() >= 0;
    }

    /** One look-up for all: a group may have thousands of partitions. */
    private List<OffsetFound> ends(RequestContext context, Map<TopicPartition, GroupOffsets.Row> wanted) {
        List<OffsetQuery> queries = wanted.keySet().stream()
                .map(partition -> new OffsetQuery(partition, -1, OffsetQuery.LATEST))
                .toList();
        return Completion.await(offsets.lookUp(context, IsolationLevel.READ_UNCOMMITTED, queries));
    }

    private static List<Row> rows(Map<TopicPartition, GroupOffsets.Row> wanted, List<OffsetFound> ends) {
        List<Row> rows = new ArrayList<>();
        for (OffsetFound end : ends) {
            GroupOffsets.Row committed = wanted.get(end.partition());
            // A classic group's leader assigns what it likes: of what is not there, there is nothing to tell.
            if (committed != null || end.error() != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
                rows.add(row(end, committed));
            }
        }
        return rows;
    }

    private static Row row(OffsetFound end, GroupOffsets.Row committed) {
        boolean isKnown = end.error() == ErrorCode.NONE;
        return new Row(
                end.partition().topic(),
                end.partition().partition(),
                committed == null ? null : (Long) committed.offset(),
                isKnown ? (Long) end.offset() : null,
                isKnown && committed != null ? (Long) (end.offset() - committed.offset()) : null,
                committed == null ? null : committed.metadata(),
                isKnown ? null : "the end of " + end.partition() + " cannot be told: " + end.error());
    }
}
