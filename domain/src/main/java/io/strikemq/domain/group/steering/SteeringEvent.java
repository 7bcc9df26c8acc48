package io.strikemq.domain.group.steering;

import io.strikemq.domain.group.GroupEvent;

/** What a tester does to a group; each is answered at once, with a {@link SteeringOutcome}. */
public sealed interface SteeringEvent extends GroupEvent.OfKind {
    /** The number that the answer carries. */
    long request();

    /** The members give up what they have, and get their partitions anew. */
    record Rebalance(long request) implements SteeringEvent {}

    /** Members go, as if they had been silent for too long. */
    record Expel(long request, MemberPick who) implements SteeringEvent {}

    /**
     * Members find that somebody else has taken their place.
     *
     * @param freshMemberId the id of who takes a static member's place; with a number behind it where there are several
     */
    record Fence(long request, MemberPick who, String freshMemberId) implements SteeringEvent {}

    /** The next assignment is this one. */
    record Script(long request, ScriptedAssignment assignment) implements SteeringEvent {}
}
