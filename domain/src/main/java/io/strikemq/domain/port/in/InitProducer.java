package io.strikemq.domain.port.in;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;

/** Gives producers their ids. Callable from any thread. */
public interface InitProducer {
    /**
     * A new id with epoch 0 for a producer that has none ({@link ProducerIdentity#NONE}), or the next epoch for one
     * that asks to go on (KIP-360).
     *
     * @param transactionalId null for a producer without transactions; with one it is refused, as long as there are
     *     none ({@link io.strikemq.domain.producer.NoTransactions})
     * @throws io.strikemq.domain.error.BrokerException with Kafka's code when the identity is refused
     */
    ProducerIdentity init(RequestContext context, String transactionalId, ProducerIdentity current);
}
