package io.strikemq.domain.port.out;

/**
 * The few facts about the cluster that outlive a process. Callable from any thread.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface BrokerStore {
    /** The cluster's id: 22 characters of URL-safe base64, drawn at the first start and the same ever after. */
    String clusterId();

    /**
     * Claims {@code count} consecutive producer ids that were never given out before, not even by an earlier process,
     * and returns the first of them. It is not negative. A producer may live longer than the process that gave it its
     * id, and two of one id would lose each other's records as duplicates.
     */
    long claimProducerIds(int count);
}
