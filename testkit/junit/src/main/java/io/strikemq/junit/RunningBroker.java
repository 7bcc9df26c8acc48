package io.strikemq.junit;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.embedded.StrikeMQ;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.platform.commons.JUnitException;

/**
 * A broker in a store of JUnit's, which closes it. It is both kinds of what JUnit's stores close, since the older one
 * goes away and the newer one is not known to JUnit before 5.13.
 */
final class RunningBroker implements CloseableResource, AutoCloseable {
    /** More than any client needs to be slower once. */
    private static final int MOST_RESETS = 20;

    private final StrikeMQ handle;
    private final Turn turn;

    private RunningBroker(StrikeMQ handle, Turn turn) {
        this.handle = handle;
        this.turn = turn;
    }

    /**
     * Starts one.
     *
     * @param turn which the tests take that use this broker
     * @throws JUnitException when a setting is wrong
     */
    static RunningBroker start(Map<String, String> settings, Turn turn) {
        try {
            return new RunningBroker(StrikeMQ.start(StrikeMQ.options().settings(settings)), turn);
        } catch (IllegalArgumentException e) {
            throw new JUnitException("The broker of the test cannot be started. " + e.getMessage(), e);
        }
    }

    StrikeMQ handle() {
        return handle;
    }

    Turn turn() {
        return turn;
    }

    /**
     * Resets it, and creates the topics. A client that lives longer than a test may be quicker, and have one created with
     * the broker's own number of partitions: then once more from the beginning.
     *
     * @throws JUnitException when clients are quicker each time
     */
    void reset(Collection<DeclaredTopic> topics) {
        for (int tries = 0; tries < MOST_RESETS; tries++) {
            handle.reset();
            if (ensure(topics)) {
                return;
            }
        }
        throw new JUnitException("A client that is still at work had a declared topic created after each of "
                + MOST_RESETS + " resets, before the test could: auto.create.topics.enable=false keeps it from that");
    }

    /** Creates those of the topics that are not there; returns whether none was there. */
    boolean ensure(Collection<DeclaredTopic> topics) {
        boolean allNew = true;
        for (DeclaredTopic topic : topics) {
            try {
                handle.createTopic(topic.name(), topic.partitions(), topic.configs());
            } catch (BrokerException e) {
                if (e.error() != ErrorCode.TOPIC_ALREADY_EXISTS) {
                    throw new JUnitException(
                            "Topic '" + topic.name() + "', which the test declares, is refused by the broker: "
                                    + e.getMessage(),
                            e);
                }
                allNew = false;
            }
        }
        return allNew;
    }

    void removeFaults() {
        try {
            handle.faults().removeAll();
        } catch (IllegalStateException e) {
            // The test closed the broker, and with it went its faults.
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
