package io.strikemq.bootstrap;

import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.RestServer;
import io.strikemq.bootstrap.assembly.Assembly;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ListenerAddress;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.error.BrokerException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker: both ports accept from the moment that {@link #start} returned until {@link #close} is called.
 * Several may run in one process.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final Configuration configuration;
    private final Assembly assembly;
    private final long startedNanos;
    private RestServer rest;
    private KafkaServer kafka;
    private boolean ready;

    private Broker(Configuration configuration) {
        this.configuration = configuration;
        assembly = new Assembly(configuration, this::facts);
        startedNanos = assembly.clock().monotonicNanos();
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @throws StartException with one sentence for the user, when a port, the directory or a setting does not allow it;
     *     nothing is left behind then
     */
    public static Broker start(Configuration configuration) {
        Broker broker = new Broker(configuration);
        try {
            broker.open();
            return broker;
        } catch (BrokerException | IOException e) {
            broker.close();
            throw new StartException("StrikeMQ cannot start: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    private void open() throws IOException {
        assembly.load();
        // Kafka first: REST's server takes longer to come up than all the rest, and nobody shall wait for it in vain.
        kafka = assembly.kafkaServer();
        assembly.shutdown().closing(Part.KAFKA_SERVER, () -> stop("Kafka server", kafka));
        startKafka();
        rest = bindRest();
        assembly.shutdown().closing(Part.HTTP_API, () -> stop("HTTP API", rest));
        rest.start();
        announce();
        ready = true;
    }

    private RestServer bindRest() throws IOException {
        try {
            return RestServer.bind(assembly.restSettings(), assembly.restApis());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (" + Settings.HTTP_PORT.option() + " chooses another port).", e);
        }
    }

    private void startKafka() throws IOException {
        try {
            kafka.start();
        } catch (IOException e) {
            String remedy = configuration.isSet(Settings.LISTENERS)
                    ? Settings.LISTENERS.option() + " chooses other addresses"
                    : Settings.PORT.option() + " chooses another port";
            throw new IOException(e.getMessage() + " (" + remedy + ").", e);
        }
    }

    private void stop(String what, AutoCloseable server) throws Exception {
        server.close();
        if (ready) {
            LOG.info("{} stopped", what);
        }
    }

    /** Tells scripts where the ports are. */
    private void announce() {
        assembly.shutdown().closing(Part.ENDPOINTS_FILE, assembly.endpointsFile()::remove);
        assembly.endpointsFile().write(endpoints().json());
    }

    /** The ports that were bound. */
    public Endpoints endpoints() {
        return new Endpoints(listeners(), rest.port());
    }

    /** The Kafka listeners with the ports that were bound, in the order in which they were given. */
    public List<ListenerAddress> listeners() {
        return kafka.listeners().stream()
                .map(bound -> new ListenerAddress(
                        bound.settings().name(),
                        bound.settings().bind().getHostString(),
                        bound.address().getPort()))
                .toList();
    }

    /** How many event loops serve connections. */
    public int ioThreads() {
        return kafka.ioThreads();
    }

    private BrokerFacts facts() {
        Endpoints endpoints = endpoints();
        return new BrokerFacts(
                Version.current(),
                configuration.get(Settings.BROKER_ID),
                Duration.ofNanos(assembly.clock().monotonicNanos() - startedNanos),
                endpoints.port(),
                endpoints.httpPort(),
                ioThreads(),
                Banner.platform(),
                configuration.get(Settings.LOG_DIR).toString(),
                configuration.get(Settings.SEGMENT_SIZE),
                assembly.effectiveConfig());
    }

    /** Stops: REST first, then Kafka; what was appended is forced to disk. Idempotent. */
    @Override
    public void close() {
        assembly.shutdown().close();
    }
}
