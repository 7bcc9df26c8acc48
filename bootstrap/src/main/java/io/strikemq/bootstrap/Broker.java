package io.strikemq.bootstrap;

import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.RestServer;
import io.strikemq.bootstrap.assembly.Assembly;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.error.BrokerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker: both ports accept from the moment that {@link #start} returned until {@link #close} is called. Several
 * may run in one process.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final Configuration configuration;
    private final Assembly assembly;
    private final long startedNanos;
    private RestServer rest;
    private KafkaServer kafka;

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
        // The REST port is taken before and served after: its server takes longer to come up than all the rest.
        RestServer restServer = RestServer.bind(assembly.restSettings(), assembly.restApis());
        rest = restServer;
        KafkaServer kafkaServer = assembly.kafkaServer();
        assembly.shutdown().closing("Kafka server", () -> {
            kafkaServer.close();
            LOG.info("Kafka server stopped");
        });
        assembly.shutdown().closing("HTTP API", () -> {
            restServer.close();
            LOG.info("HTTP API stopped");
        });
        kafkaServer.start();
        kafka = kafkaServer;
        restServer.start();
        announce();
    }

    private void announce() throws IOException {
        if (isOnDisk()) {
            Path directory = configuration.get(Settings.LOG_DIR);
            assembly.shutdown().closing("endpoints file", () -> Endpoints.removeFrom(directory));
            endpoints().writeTo(directory);
        } else if (configuration.isSet(Settings.LOG_DIR)) {
            Path directory = Files.createDirectories(configuration.get(Settings.LOG_DIR));
            assembly.shutdown().closing("endpoints file", () -> Endpoints.removeFrom(directory));
            endpoints().writeTo(directory);
        }
    }

    private boolean isOnDisk() {
        return !configuration.get(Settings.STORAGE).equals("memory");
    }

    /** The ports that were bound. */
    public Endpoints endpoints() {
        return new Endpoints(kafka.listeners().get(0).address().getPort(), rest.port());
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
