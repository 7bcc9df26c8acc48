package io.strikemq.domain.port.in;

import io.strikemq.domain.producer.ProducerFenced;

/** Takes transactional ids away from their producers. Callable from any thread that may wait for the disk. */
public interface FenceProducers {
    /**
     * Fences the producer of a transactional id, as another one would that is initialized with it: its open transaction is aborted, and
     * whatever it does next is answered by PRODUCER_FENCED or INVALID_PRODUCER_EPOCH.
     *
     * @throws io.strikemq.domain.error.BrokerException TRANSACTIONAL_ID_NOT_FOUND; CONCURRENT_TRANSACTIONS while its transaction is
     *     being ended by itself, to be asked again
     */
    ProducerFenced fence(String transactionalId);
}
