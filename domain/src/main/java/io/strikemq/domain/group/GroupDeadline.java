package io.strikemq.domain.group;

import java.time.Duration;

/** What a group waits for until a point in time. Setting a deadline replaces the one in the same slot. */
public sealed interface GroupDeadline {
    /** Where the deadline is kept: a group has one deadline a slot. */
    Slot slot();

    /** The place of a deadline; {@code memberId} is null where it is the whole group's. */
    record Slot(Kind kind, String memberId) {
        /** The one slot of the join phase. */
        public static final Slot JOIN = new Slot(Kind.JOIN, null);
        /** The one slot of the sync phase. */
        public static final Slot SYNC = new Slot(Kind.SYNC, null);

        /** The slot of a member's session. */
        public static Slot session(String memberId) {
            return new Slot(Kind.SESSION, memberId);
        }
    }

    /** The kinds of slots. */
    enum Kind {
        SESSION,
        JOIN,
        SYNC,
        REVOCATION
    }

    /** A member must be heard of, or a pending one must join. */
    record Session(String memberId) implements GroupDeadline {
        @Override
        public Slot slot() {
            return Slot.session(memberId);
        }
    }

    /**
     * A group that was empty waits for more members.
     *
     * @param delay     how long it waited this time
     * @param remaining how much longer it may wait when somebody came meanwhile
     */
    record InitialRebalance(Duration delay, Duration remaining) implements GroupDeadline {
        @Override
        public Slot slot() {
            return Slot.JOIN;
        }
    }

    /** All members must have joined again. */
    record Rebalance() implements GroupDeadline {
        @Override
        public Slot slot() {
            return Slot.JOIN;
        }
    }

    /** All members of the generation must have asked for their assignment. */
    record PendingSync(int generationId) implements GroupDeadline {
        @Override
        public Slot slot() {
            return Slot.SYNC;
        }
    }

    /** A member of a consumer group must have given up partitions, at this epoch of its own (KIP-848). */
    record Revocation(String memberId, int memberEpoch) implements GroupDeadline {
        @Override
        public Slot slot() {
            return new Slot(Kind.REVOCATION, memberId);
        }
    }

    /** A member of a consumer group that speaks the classic protocol must have joined again. */
    record MemberJoin(String memberId) implements GroupDeadline {
        @Override
        public Slot slot() {
            return new Slot(Kind.JOIN, memberId);
        }
    }

    /** A member of a consumer group that speaks the classic protocol must have asked for its assignment. */
    record MemberSync(String memberId) implements GroupDeadline {
        @Override
        public Slot slot() {
            return new Slot(Kind.SYNC, memberId);
        }
    }
}
