package io.strikemq.domain.group.classic;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a classic group, and from which one each is reached:
 *
 * <pre>
 * to                    from                                       when
 * Empty                 PreparingRebalance                         all members are gone
 * PreparingRebalance    Empty, CompletingRebalance, Stable         somebody joins, leaves or dies; metadata changes
 * CompletingRebalance   PreparingRebalance                         all have joined, or the rebalance timed out
 * Stable                CompletingRebalance                        the leader's assignment is in the log
 * Dead                  any                                        deleted, expired, or the broker stops
 * </pre>
 */
public enum ClassicGroupState {
    /** No members; lingers for its committed offsets. Groups that only commit offsets are always in it. */
    EMPTY("Empty"),
    /** Joins wait until all members have joined; heartbeats say REBALANCE_IN_PROGRESS. */
    PREPARING_REBALANCE("PreparingRebalance"),
    /** Syncs of followers wait for the leader's; commits are told REBALANCE_IN_PROGRESS. */
    COMPLETING_REBALANCE("CompletingRebalance"),
    /** Everybody has an assignment. */
    STABLE("Stable"),
    /** Gone; whoever still holds it is told COORDINATOR_NOT_AVAILABLE. */
    DEAD("Dead");

    private final String kafkaName;

    ClassicGroupState(String kafkaName) {
        this.kafkaName = kafkaName;
    }

    /** Kafka's name of the state. */
    public String kafkaName() {
        return kafkaName;
    }

    /** From which states this one may be reached. */
    public Set<ClassicGroupState> legalPredecessors() {
        return switch (this) {
            case EMPTY, COMPLETING_REBALANCE -> EnumSet.of(PREPARING_REBALANCE);
            case PREPARING_REBALANCE -> EnumSet.of(EMPTY, COMPLETING_REBALANCE, STABLE);
            case STABLE -> EnumSet.of(COMPLETING_REBALANCE);
            case DEAD -> EnumSet.allOf(ClassicGroupState.class);
        };
    }

    /** Whether a rebalance may begin in this state. */
    boolean canRebalance() {
        return PREPARING_REBALANCE.legalPredecessors().contains(this);
    }
}
