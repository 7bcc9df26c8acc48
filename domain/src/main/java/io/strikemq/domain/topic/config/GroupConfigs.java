package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import io.strikemq.domain.topic.config.KafkaConfigTables.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The configs of groups (KIP-848, KIP-932, KIP-1071), within the limits that the broker sets; those of consumer groups take effect. */
public final class GroupConfigs {
    /** Configs that are bounded by two of the broker's, with min and max in the name. */
    private static final List<String> BOUNDED = List.of(
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "assignment.interval.ms",
            "record.lock.duration.ms",
            "delivery.count.limit",
            "partition.max.record.locks");

    private final Function<String, List<Synonym>> brokerConfigs;

    /** @param brokerConfigs the values of a config of the broker, the one in force first */
    public GroupConfigs(Function<String, List<Synonym>> brokerConfigs) {
        this.brokerConfigs = brokerConfigs;
    }

    /**
     * Checks all configs of one group.
     *
     * @throws BrokerException INVALID_CONFIG
     */
    public void check(Map<String, String> configs) {
        configs.keySet().stream()
                .filter(name -> !KafkaConfigTables.groups().containsKey(name))
                .sorted()
                .findFirst()
                .ifPresent(unknown -> {
                    throw wrong("Unknown group config name: " + unknown);
                });
        configs.forEach(
                (name, value) -> KafkaConfigTables.groups().get(name).key().parse(value));
        configs.forEach(this::checkLimits);
    }

    private void checkLimits(String name, String value) {
        String kind = name.substring(0, name.indexOf('.'));
        String rest = name.substring(kind.length() + 1);
        if (BOUNDED.contains(rest)) {
            Optional<Long> least = number("group." + kind + ".min." + rest);
            Optional<Long> most = number("group." + kind + ".max." + rest);
            long number = Long.parseLong(value.trim());
            if (least.isPresent() && most.isPresent() && (number < least.get() || number > most.get())) {
                throw wrong(name + " must be in the range " + least.get() + " to " + most.get() + " inclusive.");
            }
        } else if (name.equals("streams.num.standby.replicas")) {
            number("group.streams.max.standby.replicas")
                    .filter(most -> Long.parseLong(value.trim()) > most)
                    .ifPresent(most -> {
                        throw wrong(name + " must be less than or equal to " + most);
                    });
        }
    }

    private Optional<Long> number(String brokerConfig) {
        return brokerConfigs.apply(brokerConfig).stream()
                .map(Synonym::value)
                .findFirst()
                .map(Long::valueOf);
    }

    /** All configs of a group as they take effect, by name. */
    public List<ConfigEntry> entries(Map<String, String> configs) {
        List<ConfigEntry> entries = new ArrayList<>();
        KafkaConfigTables.groups().forEach((name, group) -> {
            List<Synonym> synonyms = new ArrayList<>();
            if (configs.containsKey(name)) {
                synonyms.add(new Synonym(name, group.key().canonical(configs.get(name)), Source.DYNAMIC_GROUP_CONFIG));
            }
            synonyms.addAll(usual(name, group));
            entries.add(new ConfigEntry(
                    name,
                    synonyms.isEmpty() ? null : synonyms.get(0).value(),
                    synonyms.isEmpty() ? Source.DEFAULT_CONFIG : synonyms.get(0).source(),
                    group.key().type(),
                    false,
                    false,
                    documentation(name),
                    synonyms));
        });
        return entries;
    }

    private static String documentation(String name) {
        return switch (name) {
            case "consumer.session.timeout.ms" ->
                "How long a member may be silent before it is taken out of the group.";
            case "consumer.heartbeat.interval.ms" -> "How often members are to say that they live.";
            case "consumer.assignment.interval.ms" ->
                "How long after an assignment was computed the next one is, at the earliest.";
            default -> "Kept and shown as in Kafka, without effect here.";
        };
    }

    private List<Synonym> usual(String name, GroupKey group) {
        return group.brokerConfig().equals(name)
                ? List.of(new Synonym(name, group.key().defaultValue(), Source.DEFAULT_CONFIG))
                : brokerConfigs.apply(group.brokerConfig());
    }

    private static BrokerException wrong(String message) {
        return new BrokerException(ErrorCode.INVALID_CONFIG, message);
    }
}
