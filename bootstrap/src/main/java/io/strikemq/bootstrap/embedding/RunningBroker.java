package io.strikemq.bootstrap.embedding;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ListenerAddress;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.embedding.EmbeddedBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the embedder has of a broker. */
final class RunningBroker implements EmbeddedBroker {
    private static final Set<String> ALL_ADDRESSES = Set.of("", "0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final short DEFAULT = -1;

    private final Broker broker;
    private final BrokerLog log;
    private final BrokerCalls calls;
    private final String bootstrapServers;
    private final RequestContext context;
    private final Powers powers;
    private boolean closed;

    RunningBroker(Broker broker, Configuration configuration, BrokerLog log, BrokerCalls calls) {
        this.broker = broker;
        this.log = log;
        this.calls = calls;
        powers = CalledPowers.of(broker.powers(), calls);
        ListenerAddress first = broker.listeners().get(0);
        bootstrapServers = reachable(first).authority();
        context = new RequestContext(
                configuration.get(Settings.BROKER_ID),
                first.name(),
                RequestContext.ANONYMOUS,
                "embedder",
                "/127.0.0.1");
    }

    /** Who listens everywhere is found on the loopback address. */
    private static ListenerAddress reachable(ListenerAddress bound) {
        return ALL_ADDRESSES.contains(bound.host())
                ? new ListenerAddress(bound.name(), "127.0.0.1", bound.port())
                : bound;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public int httpPort() {
        return call(() -> {
            try {
                return broker.httpPort();
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, partitions, DEFAULT, List.of(), configs);
        call(() -> {
            TopicCreated created = broker.createTopics()
                    .create(context, List.of(topic), Mode.APPLY)
                    .get(0);
            if (created.error() != ErrorCode.NONE) {
                String reason = created.message() == null ? created.error().toString() : created.message();
                throw new BrokerException(created.error(), "topic '" + name + "' cannot be created: " + reason);
            }
            return created;
        });
    }

    /** For work that throws nothing that has to be declared. */
    private <T> T call(Supplier<T> work) {
        try {
            return calls.call(work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("unexpected " + e, e);
        }
    }

    @Override
    public Powers powers() {
        return powers;
    }

    @Override
    public List<String> log() {
        return log.lines();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            call(() -> {
                broker.close();
                return null;
            });
            calls.close();
        }
    }
}
