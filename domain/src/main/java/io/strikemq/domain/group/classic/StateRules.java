package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.StorePurpose.Predecessor;

/**
 * What one state makes of a request. Whoever asks has been checked before: it is a member, and but for a join it knows
 * the current generation.
 */
sealed interface StateRules permits MemberlessRules, PreparingRebalanceRules, CompletingRebalanceRules, StableRules {
    /** Whether there is room for who joins. */
    boolean accepts(GroupDraft group, String memberId, int maxSize);

    /** A member joins again. */
    void rejoin(GroupDraft group, ClassicMember member, ClassicGroupEvent.Join join);

    /** A static member came back under another id (KIP-345) and waits with its join. */
    void replaced(GroupDraft group, ClassicMember member, Replaced replaced);

    /** A member asks for its assignment. */
    void sync(GroupDraft group, ClassicMember member, ClassicGroupEvent.Sync sync);

    /** A member says that it lives. */
    ErrorCode heartbeat(GroupDraft group, ClassicMember member);

    /** Members left by themselves. */
    void left(GroupDraft group);

    /** Members were removed because they were silent. */
    void expired(GroupDraft group);

    /** A static member's return: its join, and who it was until now. */
    record Replaced(ClassicGroupEvent.Join join, Predecessor old) {}
}
