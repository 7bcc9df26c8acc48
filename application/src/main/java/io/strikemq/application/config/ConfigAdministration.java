package io.strikemq.application.config;

import io.strikemq.application.topic.Repetition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.config.ConfigChanges;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows and alters configs. Topics have theirs; a broker's can be seen only; loggers, client metrics and groups have
 * none in this broker, and are answered as Kafka answers for names that it does not know.
 */
public final class ConfigAdministration implements ManageConfigs {
    private final TopicConfigAccess topics;
    private final BrokerConfigAccess brokers;

    public ConfigAdministration(TopicConfigAccess topics, BrokerConfigAccess brokers) {
        this.topics = topics;
        this.brokers = brokers;
    }

    @Override
    public ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names) {
        return outcome(resource, () -> selected(entries(context, resource), names));
    }

    @Override
    public List<ConfigOutcome> replace(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return each(resources, alteration -> {
            ConfigResource resource = alteration.resource();
            if (resource.typeCode() == ConfigResource.TOPIC) {
                topics.replace(resource.name(), alteration.changes(), mode);
            } else if (resource.typeCode() == ConfigResource.BROKER_LOGGER) {
                throw unknownType(resource);
            } else {
                refuse(context, alteration);
            }
        });
    }

    @Override
    public List<ConfigOutcome> change(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return each(resources, alteration -> {
            ConfigResource resource = alteration.resource();
            if (resource.typeCode() == ConfigResource.TOPIC) {
                topics.change(resource.name(), alteration.changes(), mode);
            } else {
                refuse(context, alteration);
            }
        });
    }

    /** Alters one resource after the other, but none that is there more than once: which one counts nobody knows. */
    private static List<ConfigOutcome> each(List<ConfigAlteration> resources, Consumer<ConfigAlteration> alter) {
        Set<ConfigResource> repeated = Repetition.repeated(resources, ConfigAlteration::resource);
        return resources.stream()
                .map(alteration -> outcome(alteration.resource(), () -> {
                    if (repeated.contains(alteration.resource())) {
                        throw new BrokerException(ErrorCode.INVALID_REQUEST, "Each resource must appear at most once.");
                    }
                    ConfigChanges.checkForm(alteration.changes());
                    if (!alteration.resource().isOfKnownType()) {
                        throw unknownType(alteration.resource());
                    }
                    ConfigChanges.checkOperations(alteration.changes());
                    alter.accept(alteration);
                    return List.of();
                }))
                .toList();
    }

    private List<ConfigEntry> entries(RequestContext context, ConfigResource resource) {
        return switch (resource.typeCode()) {
            case ConfigResource.TOPIC -> topics.entries(resource.name());
            case ConfigResource.BROKER -> brokers.entries(context.brokerId(), resource.name());
            case ConfigResource.BROKER_LOGGER -> brokers.loggers(context.brokerId(), resource.name());
            case ConfigResource.CLIENT_METRICS, ConfigResource.GROUP -> none(resource);
            default -> throw BrokerException.malformedRequest();
        };
    }

    /** Refuses changes to what cannot be changed; no changes are no problem. */
    private void refuse(RequestContext context, ConfigAlteration alteration) {
        ConfigResource resource = alteration.resource();
        List<ConfigChange> changes = alteration.changes();
        switch (resource.typeCode()) {
            case ConfigResource.BROKER -> brokers.refuse(context.brokerId(), resource.name(), changes);
            case ConfigResource.BROKER_LOGGER -> brokers.refuseLoggers(context.brokerId(), resource.name(), changes);
            case ConfigResource.CLIENT_METRICS -> refuseUnknown(resource, changes, ErrorCode.INVALID_REQUEST);
            case ConfigResource.GROUP -> refuseUnknown(resource, changes, ErrorCode.INVALID_CONFIG);
            default -> throw unknownType(resource);
        }
    }

    private static void refuseUnknown(ConfigResource resource, List<ConfigChange> changes, ErrorCode error) {
        none(resource);
        if (!changes.isEmpty()) {
            throw new BrokerException(
                    error,
                    kind(resource) + " have no config named '" + changes.get(0).name() + "'.");
        }
    }

    private static List<ConfigEntry> none(ConfigResource resource) {
        if (resource.name().isEmpty()) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, kind(resource) + " need a name.");
        }
        return List.of();
    }

    private static String kind(ConfigResource resource) {
        return resource.typeCode() == ConfigResource.GROUP ? "Groups" : "Client metrics";
    }

    private static List<ConfigEntry> selected(List<ConfigEntry> entries, List<String> names) {
        return names == null || names.isEmpty()
                ? entries
                : entries.stream().filter(entry -> names.contains(entry.name())).toList();
    }

    private static ConfigOutcome outcome(ConfigResource resource, Supplier<List<ConfigEntry>> answer) {
        try {
            return new ConfigOutcome(resource, ErrorCode.NONE, null, answer.get());
        } catch (BrokerException refusal) {
            return new ConfigOutcome(resource, refusal.error(), refusal.getMessage(), List.of());
        }
    }

    private static BrokerException unknownType(ConfigResource resource) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, "Unknown resource type " + resource.typeCode());
    }
}
