package io.strikemq.domain.producer;

import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition remembers of its idempotent producers, so that a batch sent twice is in the log once (KIP-98).
 *
 * <p>The rules are Kafka's: the epoch may grow but not shrink; a new epoch begins with sequence number 0; a batch
 * follows the one before without a gap; one of the last five, sent again, is a duplicate. A producer that is not known,
 * maybe because it was forgotten, may begin with any sequence number (KIP-360).
 *
 * <p>Not thread-safe: the partition's lock guards it.
 */
public final class ProducerStates {
    private static final byte FORMAT = 1;
    private static final int SIZE_OF_HEAD = Byte.BYTES + Integer.BYTES;

    private final Map<Long, ProducerState> byId = new HashMap<>();

    /** Judges a batch that has a producer, changing nothing. */
    public SequenceCheck check(RecordBatch batch) {
        ProducerState state = byId.get(batch.producerId());
        return state == null ? SequenceCheck.NEXT : state.check(batch);
    }

    /** Remembers a batch that is now in the log: its offset is set. Batches without a producer leave no trace. */
    public void appended(RecordBatch batch, long nowMillis) {
        // Control batches have no sequence numbers; transactions will look at them here.
        if (!batch.hasProducer() || batch.isControl()) {
            return;
        }
        ProducerState state = byId.get(batch.producerId());
        if (state == null) {
            state = new ProducerState(batch.producerId(), batch.producerEpoch());
            byId.put(batch.producerId(), state);
        }
        state.appended(batch, nowMillis);
    }

    /** Forgets the producers that wrote nothing for as long as {@code idle}. */
    public void forgetIdle(long nowMillis, Duration idle) {
        long limit = nowMillis - idle.toMillis();
        byId.values().removeIf(state -> state.lastAppendMillis() <= limit);
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

    /** All of it as bytes, for a checkpoint of the log. */
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
        if (format != FORMAT) {
            throw new IllegalArgumentException("producer state of format " + format + ", known is " + FORMAT);
        }
        for (int left = in.getInt(); left > 0; left--) {
            ProducerState state = ProducerState.readFrom(in);
            states.byId.put(state.producerId(), state);
        }
        return states;
    }
}
