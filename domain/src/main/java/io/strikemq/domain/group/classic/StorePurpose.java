package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberMetadata;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/** Why a group is written to the log, and what to know when it is there. */
public sealed interface StorePurpose extends GroupEffect.Purpose {
    /** A group was created. */
    record Creation() implements StorePurpose {}

    /** The last member is gone. A failure needs no answer: nobody is there to be told. */
    record Emptying() implements StorePurpose {}

    /**
     * Everybody's assignment is known, by member id.
     *
     * @param script what of a script is left for the next generation; null for nothing
     */
    record Assignment(
            int generationId, Map<String, ByteBuffer> assignments, Map<String, Map<String, Set<Integer>>> script)
            implements StorePurpose {
        public Assignment {
            assignments = Map.copyOf(assignments);
        }
    }

    /**
     * A static member came back under a new member id.
     *
     * @param request     the join that waits for it
     * @param newMemberId its id from now on
     */
    record Replacement(long request, String newMemberId, Predecessor old, AssignmentSkipping skipping)
            implements StorePurpose {}

    /** Who a static member was: its id, what it said, and the leader's id at that time. */
    record Predecessor(String memberId, MemberMetadata memberMetadata, String leaderId) {}
}
