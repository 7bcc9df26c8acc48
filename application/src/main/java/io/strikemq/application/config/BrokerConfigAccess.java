package io.strikemq.application.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.config.BrokerConfigRules;
import io.strikemq.domain.topic.config.BrokerConfigs;
import io.strikemq.domain.topic.config.ConfigChanges;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The configs of brokers (KIP-226). A request for one broker's must reach that broker; an empty name stands for what is
 * altered for all brokers. Loggers are not offered.
 */
public final class BrokerConfigAccess {
    private static final String OR_ALL = " or empty string,";

    private final BrokerConfigs configs;
    private final ResourceConfigs stored;
    private final DynamicBrokerConfigs dynamic;

    public BrokerConfigAccess(BrokerConfigs configs, ResourceConfigs stored, DynamicBrokerConfigs dynamic) {
        this.configs = configs;
        this.stored = stored;
        this.dynamic = dynamic;
    }

    List<ConfigEntry> entries(int reachedBroker, String name) {
        if (name.isEmpty()) {
            return configs.ofAllBrokers();
        }
        checkBroker(reachedBroker, name, "Broker", unexpected(reachedBroker, OR_ALL, name));
        return configs.of(reachedBroker);
    }

    List<ConfigEntry> loggers(int reachedBroker, String name) {
        if (name.isEmpty()) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "Broker id must not be empty");
        }
        checkBroker(reachedBroker, name, "Broker", unexpected(reachedBroker, "", name));
        return List.of();
    }

    void replace(int reachedBroker, String name, List<ConfigChange> sets, Mode mode) {
        alter(reachedBroker, name, before -> ConfigChanges.replacement(sets), mode);
    }

    void change(int reachedBroker, String name, List<ConfigChange> changes, Mode mode) {
        alter(
                reachedBroker,
                name,
                before -> {
                    BrokerConfigRules.checkOperations(changes);
                    return ConfigChanges.apply(before, changes, BrokerConfigRules::list);
                },
                mode);
    }

    private void alter(int reachedBroker, String name, UnaryOperator<Map<String, String>> change, Mode mode) {
        boolean isForAll = name.isEmpty();
        if (!isForAll) {
            checkBroker(reachedBroker, name, "Node", unexpected(reachedBroker, ",", name));
        }
        UnaryOperator<Map<String, String>> checked = before -> {
            Map<String, String> counted = isForAll ? dynamic.withElr(before) : before;
            Map<String, String> after = change.apply(counted);
            BrokerConfigRules.check(after, isForAll);
            if (dynamic.hasElr()) {
                checkMinIsr(counted, after, isForAll);
            }
            return after;
        };
        stored.alter(new ConfigResource(ConfigResource.BROKER, name), checked, mode);
    }

    private static void checkMinIsr(Map<String, String> before, Map<String, String> after, boolean isForAll) {
        String minIsr = DynamicBrokerConfigs.MIN_ISR;
        if (isForAll && !after.containsKey(minIsr)) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.");
        }
        if (!isForAll && !Objects.equals(before.get(minIsr), after.get(minIsr))) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "Broker-level min.insync.replicas cannot be altered while ELR is enabled.");
        }
    }

    void refuseLoggers(int reachedBroker, String name, List<ConfigChange> changes) {
        checkBroker(
                reachedBroker,
                name,
                "Node",
                number -> "Unexpected node id. Expected " + reachedBroker + ", but received " + number);
        if (!changes.isEmpty()) {
            throw refusedLogger(changes.get(0));
        }
    }

    private static BrokerException refusedLogger(ConfigChange change) {
        if (change.hasKnownOperation()
                && EnumSet.of(Operation.SET, Operation.DELETE).contains(change.operation())) {
            return new BrokerException(ErrorCode.INVALID_CONFIG, "Logger " + change.name() + " does not exist!");
        }
        String operation = change.hasKnownOperation()
                ? change.operation() + " operation"
                : "Unknown operation type " + change.operationCode();
        return new BrokerException(
                ErrorCode.INVALID_REQUEST, operation + " is not allowed for the BROKER_LOGGER resource");
    }

    /** @param unexpected what to say of another broker's number */
    private static void checkBroker(int reachedBroker, String name, String what, IntFunction<String> unexpected) {
        if (!name.equals(Integer.toString(reachedBroker))) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, fault(name, what, unexpected));
        }
    }

    private static String fault(String name, String what, IntFunction<String> unexpected) {
        try {
            return unexpected.apply(Integer.parseInt(name));
        } catch (NumberFormatException notANumber) {
            return what + " id must be an integer, but it is: " + name;
        }
    }

    private static IntFunction<String> unexpected(int reachedBroker, String orElse, String name) {
        return number -> "Unexpected broker id, expected " + reachedBroker + orElse + " but received " + name;
    }
}
