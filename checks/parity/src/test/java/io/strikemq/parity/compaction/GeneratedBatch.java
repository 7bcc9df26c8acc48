package io.strikemq.parity.compaction;

import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.ControlRecordType;

/**
 * A batch as it is appended to both logs.
 *
 * @param bytes  all of it, its offsets set
 * @param marker what it says if it ends a transaction; null for data
 */
record GeneratedBatch(ByteBuffer bytes, Marker marker) {
    /** @param ownEpoch whether each transaction of the producer has an epoch of its own (transaction version 2) */
    record Marker(long producerId, short epoch, ControlRecordType type, boolean ownEpoch) {}
}
