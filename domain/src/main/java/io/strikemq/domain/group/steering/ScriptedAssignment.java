package io.strikemq.domain.group.steering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the members of a group are to get next, in place of what an assignor says: {@code ScriptedAssignment.of(MemberPick.client("a"), "orders",
 * 0, 1).and(MemberPick.client("b"), "orders", 2)}. Who is not named gets nothing. Immutable.
 */
public record ScriptedAssignment(List<Share> shares) {
    public ScriptedAssignment {
        shares = List.copyOf(shares);
    }

    /**
     * Partitions of a topic for a member, of which there must be one.
     *
     * @param partitions empty for none: the member is named all the same
     */
    public record Share(MemberPick member, String topic, List<Integer> partitions) {
        public Share {
            partitions = List.copyOf(partitions);
        }
    }

    /** An assignment by which nobody gets anything. */
    public static ScriptedAssignment ofNothing() {
        return new ScriptedAssignment(List.of());
    }

    /** An assignment that begins with these partitions of a topic for a member. */
    public static ScriptedAssignment of(MemberPick member, String topic, int... partitions) {
        return ofNothing().and(member, topic, partitions);
    }

    /** The same with these partitions of a topic for a member besides. */
    public ScriptedAssignment and(MemberPick member, String topic, int... partitions) {
        List<Share> all = new ArrayList<>(shares);
        all.add(new Share(member, topic, Arrays.stream(partitions).boxed().toList()));
        return new ScriptedAssignment(all);
    }
}
