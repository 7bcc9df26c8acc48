package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupDescription.Member;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/groups} and {@code /v1/groups/{id}}. */
public final class GroupsApi {
    private final InspectGroups groups;
    private final CommitOffsets offsets;

    /** Answers from these ports. */
    public GroupsApi(InspectGroups groups, CommitOffsets offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    JsonAnswer list(RestCall call) {
        RequestContext context = call.context();
        List<GroupDescription> descriptions = new ArrayList<>();
        for (GroupListing listing : groups.list(context, List.of(), List.of())) {
            GroupDescription description = groups.describe(context, listing.groupId());
            if (description.error() == ErrorCode.NONE && groups.exists(listing.groupId())) {
                descriptions.add(description);
            }
        }
        return json -> {
            json.writeStartArray();
            for (GroupDescription group : descriptions) {
                json.writeStartObject();
                json.writeStringField("group_id", group.groupId());
                json.writeStringField("state", group.state());
                json.writeNumberField("generation_id", group.generationId());
                json.writeNumberField("member_count", group.members().size());
                json.writeEndObject();
            }
            json.writeEndArray();
        };
    }

    JsonAnswer detail(RestCall call) {
        RequestContext context = call.context();
        String groupId = call.pathParameter("id");
        if (!groups.exists(groupId)) {
            throw new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, "there is no group '" + groupId + "'");
        }
        GroupDescription group = groups.describe(context, groupId);
        Failures.check(group.error(), group.message(), "group '" + groupId + "' cannot be described");
        GroupOffsets committed =
                offsets.committed(context, new GroupOffsetsQuery(groupId, null, -1, null, Stability.ANY));
        Failures.check(committed.error(), null, "the offsets of group '" + groupId + "' cannot be told");
        return json -> {
            json.writeStartObject();
            json.writeStringField("group_id", group.groupId());
            json.writeStringField("state", group.state());
            json.writeNumberField("generation_id", group.generationId());
            json.writeStringField("protocol_type", nullIfEmpty(group.protocolType()));
            json.writeStringField("protocol_name", nullIfEmpty(group.protocolName()));
            json.writeStringField("leader_id", nullIfEmpty(group.leaderId()));
            json.writeArrayFieldStart("members");
            for (Member member : group.members()) {
                write(json, member, group.protocolType());
            }
            json.writeEndArray();
            writeCommitted(json, committed);
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, Member member, String protocolType) throws IOException {
        json.writeStartObject();
        json.writeStringField("member_id", member.memberId());
        json.writeStringField("group_instance_id", member.groupInstanceId());
        json.writeStringField("client_id", member.clientId());
        json.writeStringField("client_host", member.clientHost());
        json.writeNumberField("session_timeout_ms", member.sessionTimeout().toMillis());
        json.writeNumberField("rebalance_timeout_ms", member.rebalanceTimeout().toMillis());
        json.writeArrayFieldStart("assignment");
        for (ConsumerAssignment.TopicPartitions assigned :
                ConsumerAssignment.read(protocolType, member.assignment()).topics()) {
            json.writeStartObject();
            json.writeStringField("topic", assigned.topic());
            json.writeArrayFieldStart("partitions");
            for (int partition : assigned.partitions()) {
                json.writeNumber(partition);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeCommitted(JsonGenerator json, GroupOffsets committed) throws IOException {
        json.writeObjectFieldStart("committed_offsets");
        for (GroupOffsets.Row row : committed.rows()) {
            if (row.error() == ErrorCode.NONE && row.offset() >= 0) {
                json.writeNumberField(row.topic().name() + "-" + row.partition(), row.offset());
            }
        }
        json.writeEndObject();
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
