package io.strikemq.bootstrap.assembly;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.adapter.rest.RestSettings;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.group.DeletedTopicOffsets;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The object graph of one broker, put together by Guice, which nothing outside this package knows. Nothing in it is
 * static: each broker has its own.
 */
public final class Assembly {
    private final Configuration configuration;
    private final Shutdown shutdown = new Shutdown();
    private final Injector injector;

    /**
     * Puts the graph together without opening anything; {@code facts} are asked for whenever REST is asked for them.
     */
    public Assembly(Configuration configuration, Supplier<BrokerFacts> facts) {
        this.configuration = configuration;
        this.injector = Guice.createInjector(
                Stage.DEVELOPMENT,
                binder -> {
                    binder.disableCircularProxies();
                    binder.requireExplicitBindings();
                    binder.bind(Configuration.class).toInstance(configuration);
                    binder.bind(Shutdown.class).toInstance(shutdown);
                },
                new SystemModule(),
                new StorageModule(),
                new ClusterModule(),
                new TopicsModule(),
                new RecordsModule(),
                new GroupsModule(),
                new KafkaModule(),
                new RestModule(facts));
    }

    /**
     * Opens storage and reads back what it holds.
     *
     * @throws BrokerException when the directory or a setting does not allow it
     */
    public void load() {
        TopicRegistry registry = get(TopicRegistry.class);
        registry.addListener(get(TopicSettingsCache.class));
        registry.addListener(get(Partitions.class));
        CoordinatedGroups groups = get(CoordinatedGroups.class);
        registry.addListener(new DeletedTopicOffsets(groups));
        DynamicBrokerConfigs brokerConfigs = get(DynamicBrokerConfigs.class);
        Runnable changed = () -> {
            brokerConfigs.refresh();
            registry.defaultsChanged();
        };
        get(ResourceConfigs.class).onChange(resource -> {
            if (resource.typeCode() == ConfigResource.BROKER) {
                changed.run();
            }
        });
        get(FeatureAdministration.class).onChange(changed);
        registry.load();
        groups.load();
    }

    /** What has to be closed in the end. */
    public Shutdown shutdown() {
        return shutdown;
    }

    public Clock clock() {
        return get(Clock.class);
    }

    /** By which scripts find this broker. */
    public EndpointsFile endpointsFile() {
        return get(EndpointsFile.class);
    }

    /** The Kafka listeners, not started. */
    public KafkaServer kafkaServer() {
        return get(KafkaServer.class);
    }

    /** The Kafka APIs that are served. */
    public ApiRegistry apis() {
        return get(ApiRegistry.class);
    }

    public RestSettings restSettings() {
        return get(RestSettings.class);
    }

    /** What the REST server answers. */
    public List<RestApi> restApis() {
        return get(new Key<List<RestApi>>() {});
    }

    /** Every setting and its effective value, in the order of the settings table, for people to read. */
    public Map<String, Object> effectiveConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            Object value = configuration.get(setting);
            if (value instanceof Duration duration) {
                config.put(setting.name(), duration.toMillis());
            } else {
                boolean isPlain = value instanceof Number || value instanceof Boolean;
                config.put(setting.name(), isPlain ? value : SettingText.of(configuration, setting));
            }
        }
        config.putAll(configuration.topicDefaults());
        return config;
    }

    private <T> T get(Class<T> type) {
        return get(Key.get(type));
    }

    /** What is refused while the graph is made is refused to the user, not to Guice. */
    private <T> T get(Key<T> key) {
        try {
            return injector.getInstance(key);
        } catch (ProvisionException e) {
            if (e.getCause() instanceof BrokerException refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}
