package io.strikemq.domain.port.out;

import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The form in which transactions lie in {@code __transaction_state}: Kafka's own, so that its tools can read the topic.
 * Callable from any thread.
 */
public interface TransactionRecordFormat {
    /** The record as a broker of this {@code transaction.version} writes it. */
    KeyValue encode(TransactionRecord transactionRecord, TransactionVersion server);

    /**
     * What a record says; empty for kinds and versions of records that are not known here, which are to be skipped. Both
     * buffers are read from position to limit, not moved and not kept; {@code value} is null in a tombstone.
     *
     * @throws IllegalArgumentException when the bytes are not of the form that they claim, or tell of a transaction that
     *     cannot be
     */
    Optional<TransactionRecord> decode(ByteBuffer key, ByteBuffer value);

    /** A key and its value; the value is null in a tombstone. */
    record KeyValue(ByteBuffer key, ByteBuffer value) {}
}
