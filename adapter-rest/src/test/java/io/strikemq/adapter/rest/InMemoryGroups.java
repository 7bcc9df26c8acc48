package io.strikemq.adapter.rest;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The ports about groups over plain maps. */
final class InMemoryGroups implements InspectGroups, CommitOffsets {
    private final Map<String, GroupDescription> groups = new LinkedHashMap<>();
    private final Map<String, List<GroupOffsets.Row>> committed = new LinkedHashMap<>();

    synchronized void add(GroupDescription group) {
        groups.put(group.groupId(), group);
    }

    synchronized void commit(String groupId, String topic, int partition, long offset) {
        committed
                .computeIfAbsent(groupId, id -> new ArrayList<>())
                .add(new GroupOffsets.Row(TopicRef.byName(topic), partition, offset, -1, "", ErrorCode.NONE));
    }

    @Override
    public synchronized List<GroupListing> list(RequestContext context, List<String> states, List<String> types) {
        return groups.values().stream()
                .map(group -> new GroupListing(group.groupId(), group.protocolType(), group.state(), "classic"))
                .toList();
    }

    @Override
    public synchronized GroupDescription describe(RequestContext context, String groupId) {
        return groups.get(groupId);
    }

    @Override
    public synchronized boolean exists(String groupId) {
        return groups.containsKey(groupId);
    }

    @Override
    public ErrorCode delete(RequestContext context, String groupId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, List<OffsetCommit> offsets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OffsetsDeleted delete(RequestContext context, String groupId, List<TopicPartition> partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized GroupOffsets committed(RequestContext context, GroupOffsetsQuery query) {
        return new GroupOffsets(query.groupId(), ErrorCode.NONE, committed.getOrDefault(query.groupId(), List.of()));
    }
}
