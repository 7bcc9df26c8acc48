package io.strikemq.bootstrap.embedding;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.StartException;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationException;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.embedding.EmbeddedBroker;
import io.strikemq.domain.embedding.EmbeddedBrokers;
import java.util.Map;

/** Starts brokers in the process of somebody else. */
public final class Embedding implements EmbeddedBrokers {
    /** Used by reflection: there is no common type to make one by but the interface. */
    public Embedding() {}

    @Override
    public EmbeddedBroker start(Map<String, String> settings) {
        Configuration configuration = configuration(settings);
        BrokerLog log = new BrokerLog(configuration.get(Settings.LOG_LEVEL));
        configuration.notices().forEach(log::add);
        BrokerCalls calls = new BrokerCalls(log);
        try {
            Broker broker = calls.call(() -> Broker.startWithoutHttp(configuration));
            return new RunningBroker(broker, configuration, log, calls);
        } catch (Exception e) {
            calls.close();
            throw new IllegalStateException(
                    e instanceof StartException ? e.getMessage() : "StrikeMQ cannot start: " + e, e);
        }
    }

    private static Configuration configuration(Map<String, String> settings) {
        try {
            return EmbeddedSettings.load(settings);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
