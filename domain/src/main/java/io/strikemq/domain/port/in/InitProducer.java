package io.strikemq.domain.port.in;

import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;

/** Gives producers their ids. Callable from any thread that may wait for the disk. */
public interface InitProducer {
    /**
     * A new id with epoch 0 for a producer without transactions, whatever it had before. With a transactional id: the id
     * that belongs to it, with the next epoch, so that whoever had it before is fenced and its open transaction aborted.
     *
     * @throws io.strikemq.domain.error.BrokerException with Kafka's code when the identity is refused: INVALID_REQUEST for
     *     an empty transactional id and for half an identity; INVALID_TRANSACTION_TIMEOUT; PRODUCER_FENCED for an identity
     *     that is not the id's any more; CONCURRENT_TRANSACTIONS while a transaction is being ended, to be asked again
     */
    ProducerIdentity init(RequestContext context, InitProducerCommand command);
}
