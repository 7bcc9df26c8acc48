package io.strikemq.application.config;

import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.config.BrokerLayers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What was said about a broker's configs, at its start and since. Where eligible leader replicas are in use (KIP-966),
 * min.insync.replicas is the same for all brokers: there it has a value for all, and none for one.
 */
public final class DynamicBrokerConfigs implements Supplier<BrokerLayers> {
    static final String MIN_ISR = "min.insync.replicas";

    private final ResourceConfigs configs;
    private final ConfigResource broker;
    private final Map<String, String> fromTheStart;
    private final BooleanSupplier hasElr;
    /** Made anew whenever something was altered. */
    private volatile BrokerLayers current;

    /** @param hasElr whether eligible leader replicas are in use; {@link #refresh} when that changes */
    public DynamicBrokerConfigs(
            ResourceConfigs configs, int brokerId, Map<String, String> fromTheStart, BooleanSupplier hasElr) {
        this.configs = configs;
        this.broker = new ConfigResource(ConfigResource.BROKER, Integer.toString(brokerId));
        this.fromTheStart = Map.copyOf(fromTheStart);
        this.hasElr = hasElr;
        refresh();
    }

    @Override
    public BrokerLayers get() {
        return current;
    }

    /** Looks at what was altered. */
    public synchronized void refresh() {
        Map<String, String> ofBroker = new HashMap<>(configs.of(broker));
        if (hasElr.getAsBoolean()) {
            ofBroker.remove(MIN_ISR);
        }
        Map<String, String> all = withElr(configs.of(new ConfigResource(ConfigResource.BROKER, "")));
        current = new BrokerLayers(ofBroker, all, fromTheStart);
    }

    /** What was altered for all brokers, with what has to be among it. */
    Map<String, String> withElr(Map<String, String> ofAll) {
        Map<String, String> with = new HashMap<>(ofAll);
        if (hasElr.getAsBoolean()) {
            with.putIfAbsent(MIN_ISR, fromTheStart.getOrDefault(MIN_ISR, "1"));
        }
        return with;
    }

    boolean hasElr() {
        return hasElr.getAsBoolean();
    }
}
