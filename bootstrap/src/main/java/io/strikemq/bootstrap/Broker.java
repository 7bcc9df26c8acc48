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
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.Powers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker: both ports accept from the moment that {@link #start} returned until {@link #close} is called.
 * Several may run in one process. A broker started by {@link #startWithoutHttp} serves REST from when its port is asked for.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final Configuration configuration;
    private final Assembly assembly;
    private final long startedNanos;
    private RestServer rest;
    private KafkaServer kafka;
    private boolean ready;
    private boolean closed;

    private Broker(Configuration configuration) {
        this.configuration = configuration;
        assembly = new Assembly(configuration, this::facts);
        startedNanos = assembly.machineClock().monotonicNanos();
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @throws StartException with one sentence for the user, when a port, the directory or a setting does not allow it;
     *     nothing is left behind then
     */
    public static Broker start(Configuration configuration) {
        return start(configuration, Broker::openBoth);
    }

    /** The same, but that REST, whose server takes longer to come up than all the rest, waits until it is asked for. */
    public static Broker startWithoutHttp(Configuration configuration) {
        return start(configuration, Broker::openKafka);
    }

    /** What it takes until a broker serves. */
    private interface Opening {
        void open(Broker broker) throws IOException;
    }

    private static Broker start(Configuration configuration, Opening opening) {
        Broker broker = new Broker(configuration);
        try {
            opening.open(broker);
            broker.ready = true;
            return broker;
        } catch (BrokerException | IOException e) {
            broker.close();
            throw new StartException("StrikeMQ cannot start: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    private void openBoth() throws IOException {
        // Kafka first: REST's server takes longer to come up than all the rest, and nobody shall wait for it in vain.
        openKafka();
        httpPort();
    }

    private void openKafka() throws IOException {
        assembly.load();
        kafka = assembly.kafkaServer();
        assembly.shutdown().closing(Part.KAFKA_SERVER, () -> stop("Kafka server", kafka));
        startKafka();
    }

    /**
     * The port of REST, which is started now if it was not before.
     *
     * @throws IOException with one sentence for the user, when the port cannot be had
     * @throws IllegalStateException when the broker is closed
     */
    public synchronized int httpPort() throws IOException {
        if (rest == null) {
            if (closed) {
                throw new IllegalStateException("The broker is closed.");
            }
            RestServer server = bindRest();
            assembly.shutdown().closing(Part.HTTP_API, () -> stop("HTTP API", server));
            rest = server;
            assembly.onRestApis(server::replaceApis);
            server.start();
            announce();
        }
        return rest.port();
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

    /** The ports that were bound, both. */
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

    /** By which whoever started the broker creates topics. */
    public CreateTopics createTopics() {
        return assembly.createTopics();
    }

    /** What a test may do to it. */
    public Powers powers() {
        return assembly.powers();
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
                Duration.ofNanos(assembly.machineClock().monotonicNanos() - startedNanos),
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
        synchronized (this) {
            closed = true;
        }
        assembly.shutdown().close();
    }
}
