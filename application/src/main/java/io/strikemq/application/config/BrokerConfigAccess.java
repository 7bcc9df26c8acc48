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
    private static final String OR_ALL = " or empty string,";

    private final BrokerConfigs configs;

    public BrokerConfigAccess(BrokerConfigs configs) {
        this.configs = configs;
    }

    List<ConfigEntry> entries(int reachedBroker, String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        checkBroker(reachedBroker, name, OR_ALL);
        return configs.of(reachedBroker);
    }

    List<ConfigEntry> loggers(int reachedBroker, String name) {
        if (name.isEmpty()) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "Broker id must not be empty");
        }
        checkBroker(reachedBroker, name, "");
        return List.of();
    }

    void refuse(int reachedBroker, String name, List<ConfigChange> changes) {
        if (!name.isEmpty()) {
            checkBroker(reachedBroker, name, OR_ALL);
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
        checkBroker(reachedBroker, name, "");
        if (!changes.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no logger '" + changes.get(0).name() + "' to be altered.");
        }
    }

    private static void checkBroker(int reachedBroker, String name, String expected) {
        if (!name.equals(Integer.toString(reachedBroker))) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    isNumber(name)
                            ? "Unexpected broker id, expected " + reachedBroker + expected + " but received " + name
                            : "Broker id must be an integer, but it is: " + name);
        }
    }

    private static boolean isNumber(String name) {
        try {
            Integer.parseInt(name);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
