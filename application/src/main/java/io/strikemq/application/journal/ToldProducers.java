package io.strikemq.application.journal;

import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;

/** Gives producers their ids, and tells by whom one is fenced. */
public final class ToldProducers implements InitProducer {
    private final InitProducer producers;
    private final Events events;

    /** Has {@code producers} do it, and tells {@code events}. */
    public ToldProducers(InitProducer producers, Events events) {
        this.producers = producers;
        this.events = events;
    }

    @Override
    public ProducerIdentity init(RequestContext context, InitProducerCommand command) {
        ProducerIdentity given = producers.init(context, command);
        boolean isAnother = command.current().equals(ProducerIdentity.NONE);
        if (command.transactionalId() != null && isAnother && given.epoch() > 0) {
            events.happened(Happening.ofTransaction(
                    Kind.PRODUCER_FENCED,
                    command.transactionalId(),
                    "transactional id " + command.transactionalId() + " was initialized by " + Who.of(context)
                            + ", which has producer id " + given.id() + " with epoch " + given.epoch()
                            + ": whoever had a smaller epoch is fenced"));
        }
        return given;
    }
}
