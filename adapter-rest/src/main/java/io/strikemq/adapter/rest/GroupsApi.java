package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.request.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/groups} and {@code /v1/groups/{id}}. */
public final class GroupsApi extends RestApi {
    private static final String GROUP = "/v1/groups/{id}";

    private final InspectGroups groups;
    private final GroupLookUp lookUp;
    private final CommitOffsets offsets;
    private final GroupLag lag;

    /** Answers from these ports. */
    public GroupsApi(InspectGroups groups, CommitOffsets offsets, LookUpOffsets logs) {
        this.groups = groups;
        this.lookUp = new GroupLookUp(groups);
        this.offsets = offsets;
        this.lag = new GroupLag(logs);
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/groups", "all groups", this::list),
                Route.get(GROUP, "one group: members, assignments, committed offsets and lag", this::detail),
                Route.delete(GROUP, "delete a group without members, and its committed offsets", this::delete));
    }

    private record Summary(
            String groupId,
            String type,
            String state,
            int generationId,
            Integer groupEpoch,
            Integer assignmentEpoch,
            int memberCount) {
        static Summary of(ShownGroup group) {
            return new Summary(
                    group.groupId(),
                    group.type(),
                    group.state(),
                    group.generationId(),
                    group.groupEpoch(),
                    group.assignmentEpoch(),
                    group.members().size());
        }
    }

    private record Detail(
            @JsonUnwrapped ShownGroup group, Map<String, Long> committedOffsets, List<GroupLag.Row> offsets) {}

    private record Deleted(String deleted) {}

    private Answer list(RestCall call) {
        RequestContext context = call.context();
        List<Summary> summaries = new ArrayList<>();
        for (GroupListing listing : groups.list(context, List.of(), List.of())) {
            lookUp.existing(context, listing.groupId()).map(Summary::of).ifPresent(summaries::add);
        }
        return Answer.ok(summaries);
    }

    private Answer detail(RestCall call) {
        RequestContext context = call.context();
        String groupId = call.pathParameter("id");
        ShownGroup group = lookUp.find(context, groupId);
        GroupOffsets committed =
                offsets.committed(context, new GroupOffsetsQuery(groupId, null, -1, null, Stability.ANY));
        Failures.check(committed.error(), null, "the offsets of group '" + groupId + "' cannot be told");
        return Answer.ok(new Detail(group, offsets(committed), lag.of(call, group, committed)));
    }

    private static Map<String, Long> offsets(GroupOffsets committed) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        committed.rows().stream()
                .filter(GroupLag::isCommitted)
                .forEach(row -> offsets.put(row.topic().name() + "-" + row.partition(), row.offset()));
        return offsets;
    }

    private Answer delete(RestCall call) {
        String groupId = call.pathParameter("id");
        ErrorCode error = groups.delete(call.context(), groupId);
        switch (error) {
            case GROUP_ID_NOT_FOUND -> throw GroupLookUp.unknown(groupId);
            case NON_EMPTY_GROUP ->
                Failures.check(
                        error, "group '" + groupId + "' has members: it can be deleted when they have left", null);
            default -> Failures.check(error, null, "group '" + groupId + "' cannot be deleted");
        }
        return Answer.ok(new Deleted(groupId));
    }
}
