package io.strikemq.adapter.kafka.listener;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What the Kafka server needs to know.
 *
 * @param listeners  at least one
 * @param ioThreads  event loops; 0 for one a processor
 * @param limits     what clients may take
 * @param closeGrace how long closing waits for requests that are being worked on; parked ones are dropped at once
 */
public record KafkaServerSettings(
        List<ListenerSettings> listeners, int ioThreads, ConnectionLimits limits, Duration closeGrace) {

    public KafkaServerSettings {
        listeners = List.copyOf(listeners);
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(closeGrace, "closeGrace");
        if (listeners.isEmpty() || ioThreads < 0) {
            throw new IllegalArgumentException("listeners " + listeners + " (at least one), io threads " + ioThreads);
        }
    }

    /** These listeners, and defaults for the rest. */
    public static KafkaServerSettings with(ListenerSettings... listeners) {
        return new KafkaServerSettings(List.of(listeners), 0, ConnectionLimits.DEFAULT, Duration.ofSeconds(2));
    }

    /** How many event loops there shall be on this machine. */
    public int eventLoops() {
        return ioThreads == 0 ? Runtime.getRuntime().availableProcessors() : ioThreads;
    }
}
