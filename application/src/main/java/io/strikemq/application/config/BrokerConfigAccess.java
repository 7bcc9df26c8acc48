package io.strikemq.application.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.config.BrokerConfigs;
import java.util.List;

/**
 * The configs of brokers, to be seen only. A request for one broker's must reach that broker; an empty name stands for
 * what was altered for all brokers, which is nothing. Loggers are not offered.
 */
public final class BrokerConfigAccess {
    private final BrokerConfigs configs;

    public BrokerConfigAccess(BrokerConfigs configs) {
        this.configs = configs;
    }

    List<ConfigEntry> entries(int reachedBroker, String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        checkBroker(reachedBroker, name);
        return configs.of(reachedBroker);
    }

    List<ConfigEntry> loggers(int reachedBroker, String name) {
        checkBroker(reachedBroker, name);
        return List.of();
    }

    void refuse(int reachedBroker, String name, List<ConfigChange> changes) {
        if (!name.isEmpty()) {
            checkBroker(reachedBroker, name);
        }
        // Deleting what nobody could set changes nothing, and Kafka lets it pass.
        List<String> names = changes.stream()
                .filter(change -> change.operation() != Operation.DELETE)
                .map(ConfigChange::name)
                .toList();
        if (!names.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "The settings of a running broker cannot be altered: " + names + ".");
        }
    }

    void refuseLoggers(int reachedBroker, String name, List<ConfigChange> changes) {
        checkBroker(reachedBroker, name);
        if (!changes.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no logger '" + changes.get(0).name() + "' to be altered.");
        }
    }

    private static void checkBroker(int reachedBroker, String name) {
        if (!name.equals(Integer.toString(reachedBroker))) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "The request is for broker '" + name + "', but reached broker " + reachedBroker + ".");
        }
    }
}
