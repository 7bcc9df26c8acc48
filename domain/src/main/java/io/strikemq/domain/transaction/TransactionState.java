package io.strikemq.domain.transaction;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a transactional id, and from which one each is reached:
 *
 * <pre>
 * to                 from                                            when
 * Empty              Empty, CompleteCommit, CompleteAbort            a producer is initialized
 * Ongoing            Ongoing, Empty, CompleteCommit, CompleteAbort   partitions are added
 * PrepareCommit      Ongoing                                         the producer commits
 * PrepareAbort       Ongoing, PrepareEpochFence                      the producer aborts, is replaced, or is too slow
 *                    Empty, CompleteCommit, CompleteAbort            it aborts what it has not begun (version 2)
 * CompleteCommit     PrepareCommit                                   all partitions have the marker
 * CompleteAbort      PrepareAbort                                    all partitions have the marker
 * PrepareEpochFence  Ongoing                                         the producer is replaced, or is too slow
 * Dead               Empty, CompleteCommit, CompleteAbort            nobody has used the id for long
 * </pre>
 *
 * <p>PrepareEpochFence is passed through and never stored; Dead is what a tombstone says.
 */
public enum TransactionState {
    /** No transaction since the producer was initialized. */
    EMPTY(0, "Empty"),
    /** A transaction is open. */
    ONGOING(1, "Ongoing"),
    /** It will be committed, whatever happens; the markers are being written. */
    PREPARE_COMMIT(2, "PrepareCommit"),
    /** It will be aborted, whatever happens; the markers are being written. */
    PREPARE_ABORT(3, "PrepareAbort"),
    /** The last transaction was committed everywhere. */
    COMPLETE_COMMIT(4, "CompleteCommit"),
    /** The last transaction was aborted everywhere. */
    COMPLETE_ABORT(5, "CompleteAbort"),
    /** The id is forgotten. */
    DEAD(6, "Dead"),
    /** The producer is being fenced, before its transaction is aborted. */
    PREPARE_EPOCH_FENCE(7, "PrepareEpochFence");

    private final byte id;
    private final String kafkaName;

    TransactionState(int id, String kafkaName) {
        this.id = (byte) id;
        this.kafkaName = kafkaName;
    }

    /** The number by which Kafka's log has it. */
    public byte id() {
        return id;
    }

    /** Kafka's name of the state. */
    public String kafkaName() {
        return kafkaName;
    }

    /** The state of that number; empty for numbers that nobody knows. */
    public static Optional<TransactionState> ofId(byte id) {
        return Arrays.stream(values()).filter(state -> state.id == id).findFirst();
    }

    /** The state that Kafka calls so, to the letter; empty for names that nobody knows. */
    public static Optional<TransactionState> ofKafkaName(String name) {
        return Arrays.stream(values())
                .filter(state -> state.kafkaName.equals(name))
                .findFirst();
    }

    /** From which states this one may be reached. */
    public Set<TransactionState> legalPredecessors() {
        return switch (this) {
            case EMPTY, DEAD -> EnumSet.of(EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT);
            case ONGOING -> EnumSet.of(ONGOING, EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT);
            case PREPARE_COMMIT, PREPARE_EPOCH_FENCE -> EnumSet.of(ONGOING);
            case PREPARE_ABORT -> EnumSet.of(ONGOING, PREPARE_EPOCH_FENCE, EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT);
            case COMPLETE_COMMIT -> EnumSet.of(PREPARE_COMMIT);
            case COMPLETE_ABORT -> EnumSet.of(PREPARE_ABORT);
        };
    }

    /** Whether the outcome is decided and the markers are being written: nothing else may begin meanwhile. */
    public boolean isPrepared() {
        return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }

    /** Whether an id in this state is forgotten when nobody uses it any more. */
    public boolean canExpire() {
        return DEAD.legalPredecessors().contains(this);
    }
}
