package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicSteering;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerSteering;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.MemberPick.Candidate;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.group.steering.SteeringOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tester does to a group of any kind: finds the members that are meant, or says why nothing can be done. */
final class GroupSteering {
    private final ClassicSteering classic;
    private final ConsumerSteering consumer;
    private final ScriptCheck scripts;

    GroupSteering(ClassicSteering classic, ConsumerSteering consumer, Topics topics) {
        this.classic = classic;
        this.consumer = consumer;
        this.scripts = new ScriptCheck(topics);
    }

    /** What the event makes of the group; refusals are answers. */
    Transition<? extends Group> apply(Group group, SteeringEvent event, long nowMs) {
        try {
            if (group instanceof ClassicGroup classicGroup) {
                refuseWithoutMembers(group, classicGroup.members().isEmpty());
                return apply(classicGroup, event, nowMs);
            } else if (group instanceof ConsumerGroup consumerGroup) {
                refuseWithoutMembers(group, consumerGroup.members().isEmpty());
                return apply(consumerGroup, event, nowMs);
            }
        } catch (BrokerException e) {
            SteeringOutcome refusal = SteeringOutcome.refused(e.error(), e.getMessage());
            return new Transition<>(group, List.of(new GroupEffect.Answer(event.request(), refusal)));
        }
        throw new IllegalStateException("unexpected " + group);
    }

    private static void refuseWithoutMembers(Group group, boolean isEmpty) {
        if (isEmpty) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_MEMBER_ID, "group '" + group.groupId() + "' has no members at the moment");
        }
    }

    private Transition<ClassicGroup> apply(ClassicGroup group, SteeringEvent event, long nowMs) {
        List<Candidate> members = group.members().values().stream()
                .map(each -> new Candidate(
                        each.id(), each.instanceId(), each.client().id()))
                .toList();
        long request = event.request();
        if (event instanceof SteeringEvent.Rebalance) {
            return classic.rebalance(group, request, nowMs);
        } else if (event instanceof SteeringEvent.Expel expel) {
            return classic.expel(group, picked(group, members, expel.who()), request, nowMs);
        } else if (event instanceof SteeringEvent.Fence fence) {
            return classic.fence(group, withNewIds(picked(group, members, fence.who()), fence), request, nowMs);
        } else if (event instanceof SteeringEvent.Script script) {
            return classic.script(group, scripts.check(group, members, script.assignment()), request, nowMs);
        }
        throw new IllegalStateException("unexpected " + event);
    }

    private Transition<Group> apply(ConsumerGroup group, SteeringEvent event, long nowMs) {
        List<Candidate> members = group.members().values().stream()
                .map(each -> new Candidate(
                        each.id(), each.instanceId(), each.metadata().client().id()))
                .toList();
        long request = event.request();
        if (event instanceof SteeringEvent.Rebalance) {
            return consumer.rebalance(group, request, nowMs);
        } else if (event instanceof SteeringEvent.Expel expel) {
            return consumer.expel(group, picked(group, members, expel.who()), request, nowMs);
        } else if (event instanceof SteeringEvent.Fence fence) {
            return consumer.fence(group, withNewIds(picked(group, members, fence.who()), fence), request, nowMs);
        } else if (event instanceof SteeringEvent.Script script) {
            return consumer.script(
                    group,
                    scripts.check(
                            group,
                            members,
                            script.assignment(),
                            id -> consumer.subscribed(group, group.members().get(id))),
                    request,
                    nowMs);
        }
        throw new IllegalStateException("unexpected " + event);
    }

    private static List<String> picked(Group group, List<Candidate> members, MemberPick who) {
        List<String> ids =
                members.stream().filter(who::matches).map(Candidate::id).toList();
        if (ids.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_MEMBER_ID, "group '" + group.groupId() + "' has no member with " + who);
        }
        return ids;
    }

    private static Map<String, String> withNewIds(List<String> ids, SteeringEvent.Fence fence) {
        Map<String, String> newIds = new LinkedHashMap<>();
        for (String id : ids) {
            newIds.put(id, fence.freshMemberId() + (newIds.isEmpty() ? "" : "-" + newIds.size()));
        }
        return newIds;
    }
}
