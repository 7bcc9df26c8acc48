package io.strikemq.application.journal;

import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.consumer.ConsumerGroupEvent;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.steering.SteeringEvent;
import java.util.List;

/**
 * What an event of a group means to its members, in words.
 *
 * @param gone   what is said of members that are gone
 * @param said   what members said for themselves, by member id or instance id: KIP-800's reasons
 * @param speaker the member that joined, which may have been one before; null where nobody did
 * @param own    why a group rebalances where no member is the reason; null for what it reads
 */
record Cause(String gone, List<Said> said, String speaker, String own) {
    private static final Cause UNKNOWN = of("is gone");

    /** A reason that a member gave; any of the three may be null. */
    record Said(String memberId, String instanceId, String reason) {}

    private static Cause of(String gone) {
        return new Cause(gone, List.of(), null, null);
    }

    /** What that member said for itself, as the end of a sentence; empty for nothing. */
    String reasonOf(String memberId, String instanceId) {
        return said.stream()
                .filter(each -> memberId.equals(each.memberId())
                        || instanceId != null && instanceId.equals(each.instanceId())
                        || each.memberId() == null && each.instanceId() == null)
                .filter(each -> each.reason() != null && !each.reason().isEmpty())
                .findFirst()
                .map(each -> ": " + each.reason())
                .orElse("");
    }

    static Cause of(GroupEvent event) {
        if (event instanceof ClassicGroupEvent classic) {
            return of(classic);
        } else if (event instanceof ConsumerGroupEvent consumers) {
            return of(consumers);
        } else if (event instanceof SteeringEvent) {
            return new Cause("was taken out by a tester", List.of(), null, "a tester wanted it");
        } else if (event instanceof GroupEvent.DeadlinePassed passed) {
            return of(silence(passed.deadline()));
        } else if (event instanceof GroupEvent.Loaded
                || event instanceof GroupEvent.Commit
                || event instanceof GroupEvent.CommitInTransaction
                || event instanceof GroupEvent.Stored
                || event instanceof GroupEvent.StoringFailed
                || event instanceof GroupEvent.Retired) {
            return UNKNOWN;
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
    }

    private static Cause of(ClassicGroupEvent event) {
        if (event instanceof ClassicGroupEvent.Join join) {
            // A first join has no id yet: whoever is new then is the one that speaks.
            String id = join.command().memberId();
            String speaker = id.isEmpty() ? null : id;
            Said said = new Said(
                    speaker, join.command().groupInstanceId(), join.command().reason());
            return new Cause("is gone", List.of(said), speaker, null);
        } else if (event instanceof ClassicGroupEvent.Leave leave) {
            return new Cause("left", leave.members().stream().map(Cause::said).toList(), null, null);
        } else if (event instanceof ClassicGroupEvent.Created
                || event instanceof ClassicGroupEvent.Sync
                || event instanceof ClassicGroupEvent.Heartbeat) {
            return UNKNOWN;
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
    }

    private static Said said(LeavingMember member) {
        return new Said(member.memberId(), member.groupInstanceId(), member.reason());
    }

    private static Cause of(ConsumerGroupEvent event) {
        if (event instanceof ConsumerGroupEvent.Heartbeat heartbeat) {
            ConsumerHeartbeat said = heartbeat.said();
            return of(said.leaves() ? "left" : "is gone");
        } else if (event instanceof ConsumerGroupEvent.TopicsResolved
                || event instanceof ConsumerGroupEvent.ResolvingFailed) {
            return UNKNOWN;
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
    }

    /** What is said of a member that a deadline has put out. */
    private static String silence(GroupDeadline deadline) {
        return switch (deadline.slot().kind()) {
            case SESSION -> "was not heard of for the time of its session";
            case JOIN -> "did not join again within the time for a rebalance";
            case SYNC -> "did not ask for its assignment within the time for a rebalance";
            case REVOCATION -> "did not give up partitions within the time for a rebalance";
        };
    }
}
