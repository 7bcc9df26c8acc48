package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.adapter.rest.RestSettings;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.port.out.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts one broker together: first what serves the Kafka protocol, and then, when its port is open, the REST API. Nothing
 * in it is static: each broker has its own.
 */
public final class Assembly {
    private final Configuration configuration;
    private final Supplier<BrokerFacts> facts;
    private final Shutdown shutdown = new Shutdown();
    private final Clock machineClock = SystemModule.machineClock();
    private final EndpointsFile endpointsFile;
    private Shell shell;

    /** Opens nothing yet; {@code facts} are asked for whenever REST is asked for them. */
    public Assembly(Configuration configuration, Supplier<BrokerFacts> facts) {
        this.configuration = configuration;
        this.facts = facts;
        this.endpointsFile = StorageModule.endpoints(configuration);
    }

    /**
     * Makes the broker's objects, opens storage and reads back what it holds. Comes before everything that follows.
     *
     * @throws io.strikemq.domain.error.BrokerException when the directory or a setting does not allow it
     */
    public void load() {
        shell = new Shell(configuration, machineClock, facts, endpointsFile, shutdown);
    }

    /** What has to be closed in the end. */
    public Shutdown shutdown() {
        return shutdown;
    }

    /** The real time, which nobody drives. */
    public Clock machineClock() {
        return machineClock;
    }

    /** What a test may do to this broker. */
    public Powers powers() {
        return shell.powers();
    }

    /** By which scripts find this broker. */
    public EndpointsFile endpointsFile() {
        return endpointsFile;
    }

    /** The Kafka listeners, not started. */
    public KafkaServer kafkaServer() {
        return shell.server();
    }

    /** The Kafka APIs that are served. */
    public ApiRegistry apis() {
        return shell.apis();
    }

    /** By which whoever started the broker creates topics. */
    public CreateTopics createTopics() {
        return shell.createTopics();
    }

    public RestSettings restSettings() {
        return RestModule.settings(configuration);
    }

    /** Who is told what the REST server answers, at once and whenever that is replaced. */
    public void onRestApis(Consumer<List<RestApi>> listener) {
        shell.cores.onCore(core -> listener.accept(core.restApis));
    }

    /** What the REST server answers. */
    public List<RestApi> restApis() {
        return shell.restApis();
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
}
