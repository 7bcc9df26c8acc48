package io.strikemq.embedded;

import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.embedding.EmbeddedBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.in.ReadJournal;
import io.strikemq.domain.port.in.SteerGroups;
import io.strikemq.domain.port.in.TakeSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Kafka-compatible broker inside this JVM, for tests.
 *
 * <pre>{@code
 * try (StrikeMQ broker = StrikeMQ.start()) {
 *     broker.createTopic("orders", 3);
 *     properties.put("bootstrap.servers", broker.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>It listens on a free port of 127.0.0.1, keeps everything in memory unless a directory is named, and leaves neither
 * thread, file, port nor mapping when it is closed. Many may run at the same time. Its libraries are hidden from those of
 * the process; it sets no system property and writes to no standard stream. Callable from any thread.
 */
public final class StrikeMQ implements AutoCloseable {
    /** Leaves the number of partitions to the broker. */
    private static final int DEFAULT = -1;

    private final EmbeddedBroker broker;

    private StrikeMQ(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** Starts a broker with nothing in it, and waits until it serves. */
    public static StrikeMQ start() {
        return start(options());
    }

    /**
     * Starts a broker, creates those topics of the options that are not in its directory yet, and waits until it serves.
     *
     * @throws IllegalArgumentException with one line for each setting that is wrong
     * @throws IllegalStateException with one sentence, when a port or the directory does not allow it
     * @throws io.strikemq.domain.error.BrokerException when a topic is refused
     */
    public static StrikeMQ start(Options options) {
        StrikeMQ started = new StrikeMQ(HiddenBroker.brokers().start(options.settings()));
        try {
            options.topics().forEach(started::ensure);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    /** The topic may be in the directory of the options, from the last time. */
    private void ensure(Options.Topic topic) {
        try {
            createTopic(topic.name(), topic.partitions(), topic.configs());
        } catch (BrokerException e) {
            if (e.error() != ErrorCode.TOPIC_ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** Options that change nothing yet. */
    public static Options options() {
        return Options.NONE;
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /**
     * Where the REST API is, such as {@code http://127.0.0.1:40123}. Its server is started by the first call, which takes a
     * moment therefore.
     *
     * @throws IllegalStateException when the broker is closed, or the port cannot be had
     */
    public String httpUrl() {
        String kafka = bootstrapServers();
        return "http://" + kafka.substring(0, kafka.lastIndexOf(':')) + ":" + broker.httpPort();
    }

    /** Creates a topic with as many partitions as the broker gives one by default. */
    public void createTopic(String name) {
        createTopic(name, DEFAULT, Map.of());
    }

    /** Creates a topic; when the call returns, it can be produced to. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic; when the call returns, it can be produced to.
     *
     * @param configs by Kafka's names, such as {@code cleanup.policy}
     * @throws io.strikemq.domain.error.BrokerException with Kafka's error when it is refused: TOPIC_ALREADY_EXISTS,
     *     INVALID_CONFIG …
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        broker.createTopic(Objects.requireNonNull(name, "name"), partitions, Map.copyOf(configs));
    }

    /** Rules by which requests of Kafka clients fail, are late, go unanswered, or get what is wrong. */
    public InjectFaults faults() {
        return powers().faults();
    }

    /** The broker's clock, to be frozen, set and advanced. */
    public DriveClock clock() {
        return powers().clock();
    }

    /**
     * Waits until something is true of the broker: {@code broker.await(group("billing").isStable(), ofSeconds(10))}.
     *
     * @throws io.strikemq.domain.await.UnmetCondition when it is not in time; says what was seen instead
     */
    public Awaited await(Condition condition, Duration timeout) {
        return powers().await()
                .await(Objects.requireNonNull(condition, "condition"), Objects.requireNonNull(timeout, "timeout"));
    }

    /** The last requests and events: to be shown, counted, verified, and to explain what happened. */
    public ReadJournal journal() {
        return powers().journal();
    }

    /** Does to groups what no client can: rebalances, expels, fences, says who gets what, resets offsets. */
    public SteerGroups groups() {
        return powers().groups();
    }

    /** Fences transactional producers. */
    public FenceProducers producers() {
        return powers().producers();
    }

    /** Puts records into topics past all that producers have to keep to; exports and imports topics. */
    public PutRecords records() {
        return powers().records();
    }

    /**
     * The broker is as it was at its first start, without any topic, those of its options too, while clients stay connected.
     *
     * @throws io.strikemq.domain.error.BrokerException KAFKA_STORAGE_ERROR when the disk does not allow it, and then all is as
     *     it was
     */
    public void reset() {
        powers().reset().reset();
    }

    /** Keeps all that the broker has by a name, and goes back to it. */
    public TakeSnapshots snapshots() {
        return powers().snapshots();
    }

    /** All that a test may do to the broker beyond Kafka's protocol. */
    public Powers powers() {
        return broker.powers();
    }

    /** The last lines that the broker logged, at most 1,000, the oldest first; also after {@link #close}. */
    public List<String> log() {
        return broker.log();
    }

    /**
     * Adds to a failure what the broker saw: its groups with members, committed offsets and lag, and what it logged last.
     * It is printed below the failure, as one that was suppressed. The extensions for test frameworks call it.
     *
     * @return what was added
     */
    public String explain(Throwable failure) {
        BrokerState state = BrokerState.of(this);
        failure.addSuppressed(state);
        return state.getMessage();
    }

    /** Stops the broker, and waits until its threads have ended and its ports and files are closed. Idempotent. */
    @Override
    public void close() {
        broker.close();
    }

    @Override
    public String toString() {
        return "StrikeMQ at " + bootstrapServers();
    }
}
