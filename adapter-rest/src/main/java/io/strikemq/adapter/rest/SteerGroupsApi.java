package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.steering.GroupSteered;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.port.in.SteerGroups;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a tester does to {@code /v1/groups/{id}}. */
public final class SteerGroupsApi extends RestApi {
    private static final String GROUP = "/v1/groups/{id}";
    private static final int MAX_BODY = 1 << 20;
    private static final String ID = "id";
    private static final String NAMES = "'member_id', 'group_instance_id', 'client_id' and 'everybody'";

    private final SteerGroups groups;

    /** Answers from this port. */
    public SteerGroupsApi(SteerGroups groups) {
        this.groups = groups;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.post(
                        GROUP + "/rebalance", "have all members of a group get their partitions anew", this::rebalance),
                Route.post(GROUP + "/expel", "have members go as if their sessions had ended", this::expel)
                        .withBody(call -> MAX_BODY),
                Route.post(GROUP + "/fence", "have members find somebody else in their place", this::fence)
                        .withBody(call -> MAX_BODY),
                Route.post(GROUP + "/assignment", "say what the members of a group get next", this::script)
                        .withBody(call -> MAX_BODY));
    }

    private record Steered(String groupId, String state, int epoch, List<String> memberIds) {}

    /** Which members are meant: one of the fields. */
    private record Who(String memberId, String groupInstanceId, String clientId, Boolean everybody) {}

    private record Script(List<Share> members) {}

    private record Share(String memberId, String groupInstanceId, String clientId, List<Given> topics) {}

    private record Given(String topic, List<Integer> partitions) {}

    private Answer rebalance(RestCall call) {
        return answer(() -> groups.rebalance(call.pathParameter(ID)));
    }

    private Answer expel(RestCall call) {
        MemberPick who = who(call.body());
        return answer(() -> groups.expel(call.pathParameter(ID), who));
    }

    private Answer fence(RestCall call) {
        MemberPick who = who(call.body());
        return answer(() -> groups.fence(call.pathParameter(ID), who));
    }

    private Answer script(RestCall call) {
        ScriptedAssignment next = assignment(call.body());
        return answer(() -> groups.script(call.pathParameter(ID), next));
    }

    /** A member that is not there is nothing that HTTP could find either. */
    private static Answer answer(Supplier<GroupSteered> steering) {
        try {
            GroupSteered steered = steering.get();
            return Answer.ok(new Steered(steered.groupId(), steered.state(), steered.epoch(), steered.memberIds()));
        } catch (BrokerException e) {
            if (e.error() == ErrorCode.UNKNOWN_MEMBER_ID) {
                throw new Refusal(404, e.getMessage());
            }
            throw e;
        }
    }

    private static MemberPick who(ByteBuffer json) {
        Who who = Json.read(json, Who.class);
        if (who == null) {
            throw Failures.malformed("the body must be an object with one of the fields " + NAMES);
        }
        Boolean everybody = Boolean.TRUE.equals(who.everybody()) ? Boolean.TRUE : null;
        return pick(who.memberId(), who.groupInstanceId(), who.clientId(), everybody, "the body", NAMES);
    }

    private static MemberPick pick(
            String memberId, String instanceId, String clientId, Boolean everybody, String where, String names) {
        long named = Stream.of(memberId, instanceId, clientId, everybody)
                .filter(Objects::nonNull)
                .count();
        if (named != 1) {
            throw Failures.malformed(
                    where + " must have one of the fields " + names + (named == 0 ? "" : ", not " + named));
        }
        if (memberId != null) {
            return MemberPick.member(memberId);
        }
        if (instanceId != null) {
            return MemberPick.instance(instanceId);
        }
        return clientId != null ? MemberPick.client(clientId) : MemberPick.everybody();
    }

    private static ScriptedAssignment assignment(ByteBuffer json) {
        Script script = Json.read(json, Script.class);
        if (script == null || script.members() == null) {
            throw Failures.malformed("the body has no field 'members'");
        }
        ScriptedAssignment assignment = ScriptedAssignment.ofNothing();
        for (int i = 0; i < script.members().size(); i++) {
            String where = "members[" + i + "]";
            Share share = script.members().get(i);
            if (share == null) {
                throw Failures.malformed(where + " must be an object");
            }
            MemberPick member = pick(
                    share.memberId(),
                    share.groupInstanceId(),
                    share.clientId(),
                    null,
                    where,
                    "'member_id', 'group_instance_id' and 'client_id'");
            assignment = withTopics(assignment, member, share.topics(), where);
        }
        return assignment;
    }

    private static ScriptedAssignment withTopics(
            ScriptedAssignment assignment, MemberPick member, List<Given> topics, String where) {
        if (topics == null) {
            throw Failures.malformed(where + ".topics is missing; it may be empty for a member that gets nothing");
        }
        ScriptedAssignment all = assignment;
        for (int i = 0; i < topics.size(); i++) {
            Given given = topics.get(i);
            String what = where + ".topics[" + i + "]";
            if (given == null || given.topic() == null) {
                throw Failures.malformed(what + ".topic is missing");
            }
            if (given.partitions() == null || given.partitions().contains(null)) {
                throw Failures.malformed(what + ".partitions must be whole numbers from 0 on");
            }
            int[] partitions =
                    given.partitions().stream().mapToInt(Integer::intValue).toArray();
            all = all.and(member, given.topic(), partitions);
        }
        return all;
    }
}
