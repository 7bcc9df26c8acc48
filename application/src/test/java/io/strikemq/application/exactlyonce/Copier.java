package io.strikemq.application.exactlyonce;

import static org.junit.jupiter.api.Assertions.fail;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.application.exactlyonce.Ledger.Copy;
import io.strikemq.application.exactlyonce.Ledger.Entry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionVersion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Copies an input partition to the output in transactions with the group's offset, as Kafka's clients do: it asks again
 * until it is answered, begins anew when it is fenced, and does not know when somebody else has taken its place.
 */
final class Copier {
    private static final int MOST_TRIES = 200;
    private static final int TIMEOUT_MS = 60_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Set<ErrorCode> TRY_AGAIN = EnumSet.of(
            ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_ENOUGH_REPLICAS, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    private static final Set<ErrorCode> GIVE_UP = EnumSet.of(
            ErrorCode.PRODUCER_FENCED,
            ErrorCode.INVALID_PRODUCER_EPOCH,
            ErrorCode.INVALID_PRODUCER_ID_MAPPING,
            ErrorCode.INVALID_TXN_STATE,
            ErrorCode.TRANSACTION_ABORTABLE,
            ErrorCode.UNKNOWN_MEMBER_ID,
            ErrorCode.ILLEGAL_GENERATION,
            ErrorCode.GROUP_ID_NOT_FOUND);

    /** What a copier is: whether the group fences it (KIP-447) or its transactional id alone, and the newest rules it knows. */
    record Role(String transactionalId, int input, Seat seat, TransactionVersion newest) {}

    /** Who sends a request, and by which rules: what is late is still what it was. */
    private record Sender(ProducerIdentity producer, TransactionVersion client) {}

    private final Role role;
    private final MortalBroker broker;
    private final Ledger ledger;

    /** Null before it has begun, and when it was fenced. */
    private ProducerIdentity producer;

    /** By which rules it runs its transaction: as new as both it and the broker are when that begins. */
    private TransactionVersion client;

    private final Map<Integer, Integer> sequences = new HashMap<>();
    /** Which producer of the transactional id this one is, counted from 1. */
    private int turn;

    /** Whether a transaction has ended in the producer's epoch: the next one goes on with its sequence numbers. */
    private boolean isEpochUsed;

    private final Set<TopicPartition> added = new HashSet<>();
    private long position;

    // Of the transaction; the entry is null without one.
    private Entry entry;
    private long start;
    private long offsetSent;
    private boolean isDoubtful;

    Copier(Role role, MortalBroker broker, Ledger ledger) {
        this.role = role;
        this.broker = broker;
        this.ledger = ledger;
    }

    /** Begins anew, whatever it was about: its transactional id, the group, and how far that is. */
    void begin() {
        giveUp();
        ProducerIdentity identity = initialized(ProducerIdentity.NONE);
        role.seat().take(broker);
        position = role.seat().committed(broker, role.input());
        producer = identity;
    }

    private ProducerIdentity initialized(ProducerIdentity current) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<ErrorCode> error;
            ProducerIdentity[] identity = new ProducerIdentity[1];
            error = broker.ask(() -> {
                try {
                    identity[0] = broker.coordinator().initialize(role.transactionalId(), TIMEOUT_MS, current);
                    return ErrorCode.NONE;
                } catch (BrokerException refusal) {
                    return refusal.error();
                }
            });
            if (error.isPresent() && error.get() == ErrorCode.NONE) {
                ledger.initialized(role.transactionalId());
                sequences.clear();
                isEpochUsed = false;
                turn = ledger.producers(role.transactionalId());
                return identity[0];
            }
            if (error.isPresent() && !TRY_AGAIN.contains(error.get())) {
                if (!current.equals(ProducerIdentity.NONE) && GIVE_UP.contains(error.get())) {
                    return null;
                }
                fail("a producer that begins hears " + error);
            }
            broker.pass(PAUSE);
        }
        return fail("nobody gets the transactional id " + role.transactionalId());
    }

    private void giveUp() {
        producer = null;
        endOfEntry();
    }

    private void endOfEntry() {
        entry = null;
        added.clear();
    }

    /** Copies so many records. */
    void copy(int count) {
        for (int i = 0; i < count && isReady(); i++) {
            Copy copy = ledger.writing(entry, role.transactionalId(), role.input(), position);
            int partition = partitionOf(copy);
            int sequence = nextSequence(partition);
            if (!add(new TopicPartition(MortalBroker.OUTPUT, partition))) {
                return;
            }
            Sender sender = new Sender(producer, client);
            if (!repeat(() -> produce(sender, partition, sequence, copy))) {
                return;
            }
            position++;
        }
    }

    /** The same, once more on its way: a repetition that arrives when it likes. */
    void copyAndRepeatLate() {
        if (isReady()) {
            long before = position;
            Sender sender = new Sender(producer, client);
            copy(1);
            if (producer != null && position > before) {
                Copy copy = entry.copies().get(entry.copies().size() - 1);
                int partition = partitionOf(copy);
                int sequence = sequences.get(partition) - 1;
                broker.send(() -> produce(sender, partition, sequence, copy));
            }
        }
    }

    /** Copies a record whose request takes so long that it is given up: the transaction has to be aborted. */
    void copyInVain() {
        if (isReady()) {
            Copy copy = ledger.writing(entry, role.transactionalId(), role.input(), position);
            int partition = partitionOf(copy);
            int sequence = nextSequence(partition);
            if (add(new TopicPartition(MortalBroker.OUTPUT, partition))) {
                Sender sender = new Sender(producer, client);
                broker.send(() -> produce(sender, partition, sequence, copy));
                isDoubtful = true;
            }
        }
    }

    private boolean isReady() {
        if (producer == null) {
            begin();
        }
        if (entry == null) {
            entry = ledger.begin();
            client = role.newest().compareTo(broker.version()) > 0 ? broker.version() : role.newest();
            start = position;
            offsetSent = position;
            isDoubtful = false;
        }
        return !isDoubtful;
    }

    private static int partitionOf(Copy copy) {
        return (int) (copy.offset() % MortalBroker.OUTPUT_PARTITIONS);
    }

    private int nextSequence(int partition) {
        return sequences.merge(partition, 1, Integer::sum) - 1;
    }

    private ErrorCode produce(Sender sender, int partition, int sequence, Copy copy) {
        OneBroker partitions = broker.partitions();
        PartitionRecords records = new PartitionRecords(
                TopicRef.byName(MortalBroker.OUTPUT),
                partition,
                new Batch(partitions.time.wallClockMillis())
                        .producer(sender.producer().id(), sender.producer().epoch(), sequence)
                        .transactional()
                        .records(copy.text())
                        .build(partitions.codecs));
        ProduceCommand command = new ProduceCommand(
                ProduceCommand.Acks.ALL,
                Duration.ofSeconds(30),
                transaction(sender),
                ProduceCommand.Formats.V2,
                List.of(records));
        return MortalBroker.now(partitions.produce.produce(OneBroker.CLIENT, command))
                .get(0)
                .error();
    }

    private Transaction transaction(Sender sender) {
        return new Transaction(
                role.transactionalId(),
                switch (sender.client()) {
                    case V0 -> TransactionSupport.PARTITIONS_ADDED_BEFORE;
                    case V1 -> TransactionSupport.ABORTABLE_ERRORS;
                    case V2 -> TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING;
                });
    }

    /** Older clients say before which partitions they are going to write to. */
    private boolean add(TopicPartition partition) {
        if (client.bumpsEpochs() || added.contains(partition)) {
            return true;
        }
        AddPartitionsCommand command = new AddPartitionsCommand(
                role.transactionalId(), producer, List.of(partition), TransactionVersion.V0, Purpose.ADD);
        boolean isDone = repeat(() ->
                broker.coordinator().addPartitions(OneBroker.CLIENT, command).get(partition));
        if (isDone) {
            added.add(partition);
        }
        return isDone;
    }

    /** Commits how far it is, as part of the transaction. */
    boolean commitOffsets() {
        if (entry == null || isDoubtful || offsetSent == position) {
            return entry != null && !isDoubtful;
        }
        ledger.committingOffsets(entry, role.transactionalId());
        Sender sender = new Sender(producer, client);
        GroupMember member = role.seat().member();
        long offset = position;
        boolean isDone = (client.bumpsEpochs()
                        || repeat(() -> broker.coordinator()
                                .addOffsets(
                                        OneBroker.CLIENT, role.transactionalId(), sender.producer(), member.groupId())))
                && repeat(() -> commitOffset(sender, member, offset));
        if (isDone) {
            offsetSent = offset;
        }
        return isDone;
    }

    /** Commits how far it is by a request that takes so long that it is given up: the transaction has to be aborted. */
    void commitOffsetsInVain() {
        if (entry != null && !isDoubtful && offsetSent != position) {
            ledger.committingOffsets(entry, role.transactionalId());
            Sender sender = new Sender(producer, client);
            GroupMember member = role.seat().member();
            long offset = position;
            broker.send(() -> commitOffset(sender, member, offset));
            isDoubtful = true;
        }
    }

    private ErrorCode commitOffset(Sender sender, GroupMember member, long offset) {
        OffsetCommit commit =
                new OffsetCommit(TopicRef.byName(MortalBroker.INPUT), role.input(), offset, -1, "", -1, -1);
        OffsetsInTransaction command =
                new OffsetsInTransaction(transaction(sender), sender.producer(), member, List.of(commit));
        return MortalBroker.now(broker.transactionalOffsets().commit(OneBroker.CLIENT, command))
                .get(0)
                .error();
    }

    /**
     * Ends the transaction; one of which nobody knows what arrived is not committed.
     *
     * @return what it asked for; null if it came to nothing before
     */
    EndTransactionCommand end(Outcome wanted) {
        if (entry == null || wanted == Outcome.COMMIT && !isDoubtful && !commitOffsets()) {
            return null;
        }
        Outcome outcome = isDoubtful ? Outcome.ABORT : wanted;
        if (entry.copies().isEmpty()) {
            endOfEntry();
            return null;
        }
        ledger.ending(entry, outcome);
        EndTransactionCommand command = new EndTransactionCommand(role.transactionalId(), producer, outcome, client);
        TransactionEnded[] answer = new TransactionEnded[1];
        boolean isEnded = repeat(() -> {
            answer[0] = MortalBroker.now(broker.coordinator().end(OneBroker.CLIENT, command));
            return answer[0].error();
        });
        if (isEnded && client.bumpsEpochs() && ledger.producers(role.transactionalId()) > turn) {
            // As in Kafka, a producer that was fenced by one of an older version is taken for one that asks again, when
            // that one's transaction has ended in the epoch behind its own.
            giveUp();
        } else if (isEnded) {
            ended(outcome, answer[0].producer());
        }
        return command;
    }

    /** The same, once more on its way: only where each transaction has an epoch of its own can that do no harm. */
    void endAndRepeatLate(Outcome wanted) {
        EndTransactionCommand command = end(wanted);
        if (command != null && client.bumpsEpochs()) {
            broker.send(() -> MortalBroker.now(broker.coordinator().end(OneBroker.CLIENT, command)));
        }
    }

    private void ended(Outcome outcome, ProducerIdentity next) {
        ledger.ended(entry, role.transactionalId(), outcome);
        position = outcome == Outcome.COMMIT ? position : start;
        boolean needsEpoch = isDoubtful && !client.bumpsEpochs();
        endOfEntry();
        if (client.bumpsEpochs()) {
            producer = next;
            sequences.clear();
            isEpochUsed = false;
        } else if (needsEpoch) {
            // What may still arrive must not count as part of the next transaction (KIP-360).
            producer = initialized(producer);
        } else {
            isEpochUsed = true;
        }
    }

    /**
     * As in Kafka, a batch of the transaction before that arrives once more is what the next one is expected to begin with,
     * where both have the same epoch. The client may speak a newer version by now, which begins at 0 what nobody knows of.
     */
    private boolean isGap(ErrorCode error) {
        return error == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER && (isEpochUsed || !client.bumpsEpochs());
    }

    /** Asks until there is an answer that is one; false when somebody else has taken the copier's place. */
    private boolean repeat(Supplier<ErrorCode> request) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<ErrorCode> answer = broker.ask(request);
            if (answer.isPresent() && answer.get() == ErrorCode.NONE) {
                return true;
            }
            if (answer.isPresent() && (GIVE_UP.contains(answer.get()) || isGap(answer.get()))) {
                giveUp();
                return false;
            }
            if (answer.isPresent() && !TRY_AGAIN.contains(answer.get())) {
                fail(role + " hears " + answer.get());
            }
            broker.pass(PAUSE);
        }
        return fail(role + " is never answered");
    }
}
