package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.request.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/groups} and {@code /v1/groups/{id}}. */
public final class GroupsApi extends RestApi {
    private final InspectGroups groups;
    private final CommitOffsets offsets;

    /** Answers from these ports. */
    public GroupsApi(InspectGroups groups, CommitOffsets offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/groups", "all groups", this::list),
                Route.get("/v1/groups/{id}", "one group: members, assignments, committed offsets", this::detail));
    }

    private record Summary(String groupId, String state, int generationId, int memberCount) {}

    private record Detail(
            String groupId,
            String state,
            int generationId,
            String protocolType,
            String protocolName,
            String leaderId,
            List<Member> members,
            Map<String, Long> committedOffsets) {}

    private record Member(
            String memberId,
            String groupInstanceId,
            String clientId,
            String clientHost,
            long sessionTimeoutMs,
            long rebalanceTimeoutMs,
            List<ConsumerAssignment.TopicPartitions> assignment) {
        static Member of(GroupDescription.Member member, String protocolType) {
            return new Member(
                    member.memberId(),
                    member.groupInstanceId(),
                    member.clientId(),
                    member.clientHost(),
                    member.sessionTimeout().toMillis(),
                    member.rebalanceTimeout().toMillis(),
                    ConsumerAssignment.read(protocolType, member.assignment()).topics());
        }
    }

    private Answer list(RestCall call) {
        RequestContext context = call.context();
        List<Summary> summaries = new ArrayList<>();
        for (GroupListing listing : groups.list(context, List.of(), List.of())) {
            GroupDescription group = groups.describe(context, listing.groupId());
            if (group.error() == ErrorCode.NONE) {
                summaries.add(new Summary(
                        group.groupId(),
                        group.state(),
                        group.generationId(),
                        group.members().size()));
            }
        }
        return Answer.ok(summaries);
    }

    private Answer detail(RestCall call) {
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
        return Answer.ok(new Detail(
                group.groupId(),
                group.state(),
                group.generationId(),
                nullIfEmpty(group.protocolType()),
                nullIfEmpty(group.protocolName()),
                nullIfEmpty(group.leaderId()),
                group.members().stream()
                        .map(member -> Member.of(member, group.protocolType()))
                        .toList(),
                offsets(committed)));
    }

    private static Map<String, Long> offsets(GroupOffsets committed) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (GroupOffsets.Row row : committed.rows()) {
            if (row.error() == ErrorCode.NONE && row.offset() >= 0) {
                offsets.put(row.topic().name() + "-" + row.partition(), row.offset());
            }
        }
        return offsets;
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
