package io.strikemq.domain.topic.config;

import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was said about a broker's configs, by the names that Kafka's brokers use (KIP-226): the first of these that has a
 * config decides.
 *
 * @param ofBroker    altered for this broker, while brokers run
 * @param ofAll       altered for all brokers
 * @param fromTheStart given when the broker was started
 */
public record BrokerLayers(Map<String, String> ofBroker, Map<String, String> ofAll, Map<String, String> fromTheStart) {
    public BrokerLayers {
        ofBroker = Map.copyOf(ofBroker);
        ofAll = Map.copyOf(ofAll);
        fromTheStart = Map.copyOf(fromTheStart);
    }

    /** Nothing was altered. */
    public static BrokerLayers fromTheStart(Map<String, String> given) {
        return new BrokerLayers(Map.of(), Map.of(), given);
    }

    /** The value that was said, if any. */
    public Optional<String> value(String name) {
        return values(name).stream().map(Synonym::value).findFirst();
    }

    /** All values that were said of this config, what decides first. */
    List<Synonym> values(String name) {
        return values(List.of(name));
    }

    /** The same of several configs that stand in for each other: the layer counts before the name. */
    List<Synonym> values(List<String> names) {
        List<Synonym> values = new ArrayList<>();
        add(values, names, ofBroker, Source.DYNAMIC_BROKER_CONFIG);
        add(values, names, ofAll, Source.DYNAMIC_DEFAULT_BROKER_CONFIG);
        add(values, names, fromTheStart, Source.STATIC_BROKER_CONFIG);
        return values;
    }

    private static void add(List<Synonym> values, List<String> names, Map<String, String> layer, Source source) {
        for (String name : names) {
            if (layer.containsKey(name)) {
                values.add(new Synonym(name, layer.get(name), source));
            }
        }
    }
}
