package io.strikemq.domain.producer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition remembers of its idempotent producers, so that a batch sent twice is in the log once (KIP-98), and of
 * their transactions.
 *
 * <p>The rules are Kafka's: the epoch may grow but not shrink; a new epoch begins with sequence number 0; a batch
 * follows the one before without a gap; one of the last five, sent again, is a duplicate. A producer that is not known,
 * maybe because it was forgotten, may begin with any sequence number (KIP-360). A transaction begins with its first
 * records, which have to be verified ({@link TransactionGuards}), and ends with its marker.
 *
 * <p>Not thread-safe: the partition's lock guards it.
 */
public final class ProducerStates {
    /** Larger than any offset: no transaction is open. */
    public static final long NO_TRANSACTION = OpenTransactions.NONE;

    private static final byte FORMAT = 2;
    private static final byte FORMAT_WITHOUT_TRANSACTIONS = 1;
    private static final int SIZE_OF_HEAD = Byte.BYTES + Integer.BYTES;

    /** What a marker of a producer is measured by of which nothing is known. */
    private static final ProducerState UNKNOWN =
            new ProducerState(ProducerIdentity.NONE.id(), ProducerIdentity.NONE.epoch());

    private final Map<Long, ProducerState> byId = new HashMap<>();
    private final OpenTransactions open = new OpenTransactions();
    private final TransactionGuards guards = new TransactionGuards();

    /** Judges a batch of records that has a producer, changing nothing; it belongs to no transaction, or to an open one. */
    public SequenceCheck check(RecordBatch batch) {
        return check(batch, TransactionGuard.NOT_NEEDED);
    }

    /**
     * The same for one that may begin a transaction.
     *
     * @param guard of its verification, {@link TransactionGuard#NOT_NEEDED} if it needed none
     */
    public SequenceCheck check(RecordBatch batch, TransactionGuard guard) {
        ProducerState state = byId.get(batch.producerId());
        if (state != null) {
            SequenceCheck.Duplicate duplicate = state.duplicateOf(batch);
            if (duplicate != null) {
                return duplicate;
            }
            Refused tooOld = state.checkEpoch(batch.producerEpoch());
            if (tooOld != null) {
                return tooOld;
            }
        }
        Refused refused = checkVerification(state, batch, guard);
        if (refused == null && !guards.isEmpty()) {
            refused = guards.checkSequence(batch, state == null || state.hasNoBatches());
        }
        if (refused == null && state != null) {
            refused = state.checkSequence(batch);
        }
        if (refused == null && state != null) {
            refused = state.checkTransaction(batch);
        }
        return refused == null ? SequenceCheck.NEXT : refused;
    }

    /**
     * The same for what the broker itself appends for a producer, such as the offsets of a group that are part of its
     * transaction: there are no sequence numbers to go by, so nothing comes out of order, and nothing is a duplicate.
     *
     * @return why not; null when it may be appended
     */
    public Refused checkOfBroker(RecordBatch batch, TransactionGuard guard) {
        ProducerState state = byId.get(batch.producerId());
        Refused tooOld = state == null ? null : state.checkEpoch(batch.producerEpoch());
        return tooOld == null ? checkVerification(state, batch, guard) : tooOld;
    }

    private Refused checkVerification(ProducerState state, RecordBatch batch, TransactionGuard guard) {
        return !batch.isTransactional()
                        || isInTransaction(state, batch.producerEpoch())
                        || guards.isValid(batch.producerId(), guard)
                ? null
                : new Refused(ErrorCode.INVALID_TXN_STATE, "Record was not part of an ongoing transaction");
    }

    private static boolean isInTransaction(ProducerState state, short epoch) {
        return state != null && state.hasTransaction() && state.epoch() == epoch;
    }

    /**
     * Before records are verified that may begin a transaction of this producer: the guard with which they are to be
     * appended then, {@link TransactionGuard#NOT_NEEDED} when the transaction is open and there is nothing to verify.
     *
     * @param producerBumpsEpochs whether each transaction of the producer has an epoch of its own
     * @throws BrokerException INVALID_PRODUCER_EPOCH
     */
    public TransactionGuard beginVerification(
            ProducerIdentity producer, int baseSequence, boolean producerBumpsEpochs, long nowMillis) {
        ProducerState state = byId.get(producer.id());
        if (state != null) {
            Refused tooOld = state.checkEpoch(producer.epoch());
            if (tooOld != null) {
                throw new BrokerException(tooOld.error(), tooOld.message());
            }
        }
        return isInTransaction(state, producer.epoch())
                ? TransactionGuard.NOT_NEEDED
                : guards.begin(producer, baseSequence, producerBumpsEpochs, nowMillis);
    }

    /**
     * Judges a marker, changing nothing. One that was written before passes, as in Kafka.
     *
     * @throws BrokerException INVALID_PRODUCER_EPOCH or TRANSACTION_COORDINATOR_FENCED
     */
    public void check(TransactionMarker marker) {
        long producerId = marker.producer().id();
        ProducerState state = byId.getOrDefault(producerId, UNKNOWN);
        if (isTooOld(marker, state)) {
            throw new BrokerException(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    "A marker of epoch " + marker.producer().epoch() + " and transaction version "
                            + marker.transactionVersion() + " for producer " + producerId + ", whose epoch is "
                            + state.epoch() + " already.");
        }
        if (state.coordinatorEpoch() > marker.coordinatorEpoch()) {
            throw new BrokerException(
                    ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                    "A marker of coordinator epoch " + marker.coordinatorEpoch() + " for producer " + producerId
                            + ", after one of " + state.coordinatorEpoch() + ".");
        }
    }

    /** KIP-1228: a transaction with an epoch of its own is ended by a larger one, unless it has ended already. */
    private static boolean isTooOld(TransactionMarker marker, ProducerState state) {
        short epoch = marker.producer().epoch();
        if (epoch == state.epoch() && marker.hasOwnEpoch()) {
            return state.hasTransaction() && epoch != Short.MAX_VALUE;
        }
        return epoch < state.epoch();
    }

    /**
     * Remembers a batch that is now in the log: its offset is set. Batches without a producer leave no trace.
     *
     * @return the transaction that it has aborted; null if it is no marker that aborts one
     */
    public AbortedTransaction appended(RecordBatch batch, long nowMillis) {
        if (!batch.hasProducer()) {
            return null;
        }
        if (batch.isControl()) {
            EndTransactionRecord end = EndTransactionRecord.in(batch);
            return end == null ? null : ended(batch, end, nowMillis);
        }
        ProducerState state = stateOf(batch);
        boolean wasOpen = state.hasTransaction();
        state.appended(batch, nowMillis);
        if (batch.isTransactional()) {
            guards.used(batch.producerId());
            if (!wasOpen) {
                open.begin(batch.producerId(), batch.baseOffset());
            }
        }
        return null;
    }

    private AbortedTransaction ended(RecordBatch marker, EndTransactionRecord end, long nowMillis) {
        ProducerState state = stateOf(marker);
        long firstOffset = state.transactionOffset();
        boolean wasOpen = state.hasTransaction();
        state.ended(marker, end.coordinatorEpoch(), nowMillis);
        open.end(marker.producerId());
        guards.ended(marker.producer());
        return wasOpen && end.outcome() == Outcome.ABORT
                ? new AbortedTransaction(
                        marker.producerId(),
                        firstOffset,
                        marker.lastOffset(),
                        Math.min(open.oldest(), marker.lastOffset() + 1))
                : null;
    }

    private ProducerState stateOf(RecordBatch batch) {
        ProducerState state = byId.get(batch.producerId());
        if (state == null) {
            state = new ProducerState(batch.producerId(), batch.producerEpoch());
            byId.put(batch.producerId(), state);
        }
        return state;
    }

    /** The first offset of the oldest open transaction; {@link #NO_TRANSACTION} when none is open. */
    public long firstOpenOffset() {
        return open.oldest();
    }

    /** Forgets the producers that wrote nothing for as long as {@code idle} and have no transaction open. */
    public void forgetIdle(long nowMillis, Duration idle) {
        long limit = nowMillis - idle.toMillis();
        byId.values().removeIf(state -> state.lastAppendMillis() <= limit && !state.hasTransaction());
        guards.forgetBefore(limit);
    }

    /** How many producers are known. */
    public int size() {
        return byId.size();
    }

    /** The producers that are known, by id. */
    public List<ActiveProducer> active() {
        return byId.values().stream()
                .map(ProducerState::active)
                .sorted(Comparator.comparingLong(producer -> producer.identity().id()))
                .toList();
    }

    /** The last batches of records of the producers that are known, by their ids. */
    public Map<Long, LastBatch> lastBatches() {
        Map<Long, LastBatch> last = new HashMap<>();
        byId.forEach((id, state) -> last.put(id, state.lastBatch()));
        return last;
    }

    /** All of it as bytes, for a checkpoint of the log; but verifications under way, which are void after a restart. */
    public ByteBuffer snapshot() {
        int size = SIZE_OF_HEAD;
        for (ProducerState state : byId.values()) {
            size += state.sizeInBytes();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(FORMAT).putInt(byId.size());
        for (ProducerState state : byId.values()) {
            state.writeTo(out);
        }
        return out.flip();
    }

    /**
     * What {@link #snapshot} wrote; nothing for an empty buffer.
     *
     * @throws IllegalArgumentException when the bytes are of a format that is not known here
     */
    public static ProducerStates restore(ByteBuffer snapshot) {
        ProducerStates states = new ProducerStates();
        ByteBuffer in = snapshot.duplicate();
        if (!in.hasRemaining()) {
            return states;
        }
        byte format = in.get();
        if (format != FORMAT && format != FORMAT_WITHOUT_TRANSACTIONS) {
            throw new IllegalArgumentException("producer state of format " + format + ", known is " + FORMAT);
        }
        for (int left = in.getInt(); left > 0; left--) {
            ProducerState state = ProducerState.readFrom(in, format == FORMAT);
            states.byId.put(state.producerId(), state);
        }
        states.byId.values().stream()
                .filter(ProducerState::hasTransaction)
                .sorted(Comparator.comparingLong(ProducerState::transactionOffset))
                .forEach(state -> states.open.begin(state.producerId(), state.transactionOffset()));
        return states;
    }
}
