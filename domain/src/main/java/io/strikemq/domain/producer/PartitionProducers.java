package io.strikemq.domain.producer;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/**
 * The producers of one partition (KIP-664).
 *
 * @param message   one sentence about the error; null for none
 * @param producers by id; none after an error
 */
public record PartitionProducers(ErrorCode error, String message, List<ActiveProducer> producers) {
    public PartitionProducers {
        producers = List.copyOf(producers);
    }

    /** The producers of a partition that is there. */
    public static PartitionProducers of(List<ActiveProducer> producers) {
        return new PartitionProducers(ErrorCode.NONE, null, producers);
    }

    /** Why they cannot be told; the message may be null. */
    public static PartitionProducers refused(ErrorCode error, String message) {
        return new PartitionProducers(error, message, List.of());
    }
}
