package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterStore} does. */
public abstract class ClusterStoreContractTest {
    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.BROKER, "0");
    private static final ConfigResource ALL_BROKERS = new ConfigResource(ConfigResource.BROKER, "");
    private static final ConfigResource GROUP = new ConfigResource(ConfigResource.GROUP, "0");

    /** A store of a cluster in which nothing was altered yet. */
    protected abstract ClusterStore newStore();

    /** The same cluster's store as a later process finds it, if it is to find anything. */
    protected abstract ClusterStore afterRestart(ClusterStore store);

    @Test
    void aNewClusterHasNothing() {
        assertEquals(Optional.empty(), newStore().features());
        assertEquals(Map.of(), newStore().configs());
    }

    @Test
    void featuresAreKept() {
        ClusterStore store = newStore();
        FinalizedFeatures features = new FinalizedFeatures(
                7, Map.of(Feature.METADATA_VERSION, (short) 30, Feature.ELIGIBLE_LEADER_REPLICAS_VERSION, (short) 0));

        store.saveFeatures(new FinalizedFeatures(6, Map.of()));
        store.saveFeatures(features);

        assertEquals(Optional.of(features), store.features());
        assertEquals(Optional.of(features), afterRestart(store).features());
    }

    @Test
    void configsOfEachResourceAreKept() {
        ClusterStore store = newStore();
        store.saveConfigs(BROKER, Map.of("a.b", "1", "c", "x=y\n#ü: \\"));
        store.saveConfigs(ALL_BROKERS, Map.of("a.b", "2"));
        store.saveConfigs(GROUP, Map.of("a.b", ""));
        store.saveConfigs(ALL_BROKERS, Map.of("a.b", "3"));

        Map<ConfigResource, Map<String, String>> expected = Map.of(
                BROKER,
                Map.of("a.b", "1", "c", "x=y\n#ü: \\"),
                ALL_BROKERS,
                Map.of("a.b", "3"),
                GROUP,
                Map.of("a.b", ""));
        assertEquals(expected, store.configs());
        assertEquals(expected, afterRestart(store).configs());
    }

    @Test
    void aResourceWithoutConfigsIsForgotten() {
        ClusterStore store = newStore();
        store.saveConfigs(GROUP, Map.of("a", "1"));
        store.saveConfigs(GROUP, Map.of());
        store.saveConfigs(BROKER, Map.of());

        assertEquals(Map.of(), store.configs());
        assertEquals(Map.of(), afterRestart(store).configs());
    }

    @Test
    void namesOfResourcesMayBeAnything() {
        ClusterStore store = newStore();
        for (String name : new String[] {"../x", "a/b", "ü", "long".repeat(200), ".", "A", "a"}) {
            store.saveConfigs(new ConfigResource(ConfigResource.GROUP, name), Map.of("name", name));
        }
        assertEquals(7, afterRestart(store).configs().size());
        afterRestart(store).configs().forEach((group, configs) -> assertEquals(group.name(), configs.get("name")));
    }
}
