package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What changes make of the configs of a topic or another resource (KIP-339). Values are not checked here. */
public final class ConfigChanges {
    private ConfigChanges() {}

    /**
     * Refuses what is wrong for any kind of resource: a config that is changed twice, or values that are missing.
     *
     * @throws BrokerException INVALID_REQUEST
     */
    public static void checkForm(List<ConfigChange> changes) {
        Set<String> names = new HashSet<>();
        for (ConfigChange change : changes) {
            if (!names.add(change.name())) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, "Error due to duplicate config keys");
            }
        }
        List<String> withoutValue = changes.stream()
                .filter(change -> change.value() == null && change.operationCode() != Operation.DELETE.ordinal())
                .map(ConfigChange::name)
                .toList();
        if (!withoutValue.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "Null value not supported for : " + String.join(", ", withoutValue));
        }
    }

    /** The configs that a resource has when all others are unset. */
    public static Map<String, String> replacement(List<ConfigChange> sets) {
        Map<String, String> all = new LinkedHashMap<>();
        sets.forEach(set -> all.put(set.name(), set.value()));
        return all;
    }

    /**
     * A topic's configs after the changes.
     *
     * @throws BrokerException INVALID_REQUEST for an operation that nobody knows; INVALID_CONFIG where items are added to or
     *     taken from what is no list
     */
    public static Map<String, String> apply(Map<String, String> current, List<ConfigChange> changes) {
        return apply(current, changes, TopicConfigTable::find);
    }

    /** The same for configs of another kind; those that {@code lists} does not know are no lists. */
    public static Map<String, String> apply(
            Map<String, String> current, List<ConfigChange> changes, Function<String, Optional<ConfigKey>> lists) {
        Map<String, String> after = new HashMap<>(current);
        // Kafka looks through them in the order of a hash table: that decides which of several refusals is told.
        Map<String, ConfigChange> byName = new HashMap<>();
        changes.forEach(change -> byName.put(change.name(), change));
        for (ConfigChange change : byName.values()) {
            switch (change.operation()) {
                case SET -> after.put(change.name(), change.value());
                case DELETE -> after.remove(change.name());
                case APPEND, SUBTRACT ->
                    after.put(change.name(), changedList(current.get(change.name()), change, lists));
            }
        }
        return after;
    }

    /** As Kafka: items are compared as they are written, an unset list is the default one, an empty rest stays set. */
    private static String changedList(
            String current, ConfigChange change, Function<String, Optional<ConfigKey>> lists) {
        ConfigKey key = lists.apply(change.name())
                .filter(found -> found.type() == Type.LIST)
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.INVALID_CONFIG,
                        "Can't " + change.operation() + " to key " + change.name() + " because its type is not LIST."));
        List<String> items = new ArrayList<>();
        for (String item : (current == null ? key.defaultValue() : current).split(",")) {
            if (!item.isEmpty()) {
                items.add(item);
            }
        }
        for (String item : change.value().split(",")) {
            if (change.operation() == Operation.SUBTRACT) {
                items.remove(item);
            } else if (!items.contains(item)) {
                items.add(item);
            }
        }
        return String.join(",", items);
    }
}
