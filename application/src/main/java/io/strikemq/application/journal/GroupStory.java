package io.strikemq.application.journal;

import io.strikemq.application.group.GroupWatch;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.out.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Tells why groups rebalance and what comes of it: from the group before an event, the event, and the group after it. */
public final class GroupStory implements GroupWatch {
    private static final int MOST_TOLD = 10;
    private static final String STABLE = "Stable";

    private final Function<UUID, String> topicNames;
    private final Events events;

    /** {@code topicNames}: the name of a topic, null where it is gone. */
    public GroupStory(Function<UUID, String> topicNames, Events events) {
        this.topicNames = topicNames;
        this.events = events;
    }

    @Override
    public void changed(Group before, GroupEvent event, Group after) {
        if (before == after || after.isDead() || isNothingNew(before, after)) {
            return; // A dead one was deleted, has expired, or the broker stops: nobody rebalances.
        }
        GroupView was = GroupView.of(before, topicNames);
        GroupView is = GroupView.of(after, topicNames);
        Cause cause = Cause.of(event);
        List<String> causes = new ArrayList<>();
        tellMembers(was, is, cause, causes);
        boolean begins = is.begins(was);
        if (begins && causes.isEmpty()) {
            causes.add(ownCause(is, cause));
        }
        if (begins || !causes.isEmpty()) {
            tell(
                    Kind.GROUP_REBALANCES,
                    is,
                    (begins ? "rebalances after " + was.round() : "is " + is.state()) + ": " + some(causes));
        }
        // A group of the consumer protocol may compute what its members are to have later than it knows that it has to.
        if (is.assignedFor() != was.assignedFor() && !is.topicChanges(was).isEmpty()) {
            tell(
                    Kind.GROUP_REBALANCES,
                    is,
                    "gives partitions out for epoch " + is.assignedFor() + ": " + is.topicChanges(was));
        }
        if (is.state().equals(STABLE) && !was.state().equals(STABLE)) {
            tell(Kind.GROUP_STABLE, is, "is Stable in " + is.round() + is.agreement() + " with " + is.memberTitles());
        }
    }

    /** Most heartbeats and syncs: told without looking at members one by one. */
    private static boolean isNothingNew(Group before, Group after) {
        if (before instanceof ClassicGroup was && after instanceof ClassicGroup is) {
            return was.state() == is.state()
                    && was.members().keySet().equals(is.members().keySet());
        }
        return before instanceof ConsumerGroup was
                && after instanceof ConsumerGroup is
                && was.epoch() == is.epoch()
                && was.assignmentEpoch() == is.assignmentEpoch()
                && was.members().size() == is.members().size()
                && was.state().equals(is.state());
    }

    private void tellMembers(GroupView was, GroupView is, Cause cause, List<String> causes) {
        for (GroupView.Member gone : was.members().values()) {
            if (is.members().containsKey(gone.id())) {
                continue;
            }
            GroupView.Member successor = is.byInstance(gone.instanceId());
            if (successor == null) {
                causes.add(
                        "member " + gone.title() + " " + cause.gone() + cause.reasonOf(gone.id(), gone.instanceId()));
            } else {
                tell(
                        Kind.MEMBER_FENCED,
                        is,
                        "has fenced member " + gone.title() + ": " + successor.title() + " has its instance id "
                                + gone.instanceId() + " now");
            }
        }
        for (GroupView.Member now : is.members().values()) {
            GroupView.Member then = was.members().get(now.id());
            if (then == null) {
                causes.add("member " + now.title() + " joined" + cause.reasonOf(now.id(), now.instanceId()));
            } else if (!then.wants().equals(now.wants())) {
                causes.add("member " + now.title() + " wants " + now.wants() + " now, not " + then.wants()
                        + cause.reasonOf(now.id(), now.instanceId()));
            }
        }
    }

    /** Why a group rebalances whose members are the same and want the same. */
    private static String ownCause(GroupView is, Cause cause) {
        GroupView.Member speaker = cause.speaker() == null ? null : is.members().get(cause.speaker());
        if (speaker != null) {
            return "member " + speaker.title() + " joined again" + cause.reasonOf(speaker.id(), speaker.instanceId());
        }
        if (cause.own() != null) {
            return cause.own();
        }
        return "the topics that it reads have changed";
    }

    private void tell(Kind kind, GroupView group, String what) {
        events.happened(Happening.ofGroup(kind, group.id(), "group " + group.id() + " " + what));
    }

    static String some(List<String> all) {
        return all.size() <= MOST_TOLD
                ? String.join("; ", all)
                : String.join("; ", all.subList(0, MOST_TOLD)) + "; and " + (all.size() - MOST_TOLD) + " more";
    }
}
