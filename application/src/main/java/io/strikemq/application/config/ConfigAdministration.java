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

/** Shows and alters configs: those of topics, of brokers, of groups and of client metrics. Loggers have none here. */
public final class ConfigAdministration implements ManageConfigs {
    private static final List<Byte> LISTED = List.of(
            ConfigResource.GROUP,
            ConfigResource.CLIENT_METRICS,
            ConfigResource.BROKER_LOGGER,
            ConfigResource.BROKER,
            ConfigResource.TOPIC);

    private final TopicConfigAccess topics;
    private final BrokerConfigAccess brokers;
    private final GroupConfigAccess groups;
    private final ResourceConfigs stored;

    public ConfigAdministration(
            TopicConfigAccess topics, BrokerConfigAccess brokers, GroupConfigAccess groups, ResourceConfigs stored) {
        this.topics = topics;
        this.brokers = brokers;
        this.groups = groups;
        this.stored = stored;
    }

    @Override
    public List<ConfigResource> list(RequestContext context, Set<Byte> types) {
        if (!LISTED.containsAll(types)) {
            throw new BrokerException(ErrorCode.UNSUPPORTED_VERSION, "Unsupported resource types in " + types + ".");
        }
        return LISTED.stream()
                .filter(type -> types.isEmpty() || types.contains(type))
                .flatMap(type -> names(context, type).stream().map(name -> new ConfigResource(type, name)))
                .toList();
    }

    private List<String> names(RequestContext context, byte type) {
        return switch (type) {
            case ConfigResource.TOPIC -> topics.names();
            case ConfigResource.BROKER, ConfigResource.BROKER_LOGGER -> List.of(Integer.toString(context.brokerId()));
            default -> stored.names(type);
        };
    }

    @Override
    public ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names) {
        return outcome(resource, () -> selected(entries(context, resource), names));
    }

    @Override
    public List<ConfigOutcome> replace(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return each(resources, alteration -> {
            ConfigResource resource = alteration.resource();
            List<ConfigChange> sets = alteration.changes();
            switch (resource.typeCode()) {
                case ConfigResource.TOPIC -> topics.replace(resource.name(), sets, mode);
                case ConfigResource.BROKER -> brokers.replace(context.brokerId(), resource.name(), sets, mode);
                case ConfigResource.CLIENT_METRICS, ConfigResource.GROUP -> groups.replace(resource, sets, mode);
                default -> throw unknownType(resource);
            }
        });
    }

    @Override
    public List<ConfigOutcome> change(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return each(resources, alteration -> {
            ConfigResource resource = alteration.resource();
            List<ConfigChange> changes = alteration.changes();
            switch (resource.typeCode()) {
                case ConfigResource.TOPIC -> topics.change(resource.name(), changes, mode);
                case ConfigResource.BROKER -> brokers.change(context.brokerId(), resource.name(), changes, mode);
                case ConfigResource.BROKER_LOGGER ->
                    brokers.refuseLoggers(context.brokerId(), resource.name(), changes);
                case ConfigResource.CLIENT_METRICS, ConfigResource.GROUP -> groups.change(resource, changes, mode);
                default -> throw unknownType(resource);
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
            case ConfigResource.CLIENT_METRICS, ConfigResource.GROUP -> groups.entries(resource);
            default -> throw BrokerException.malformedRequest();
        };
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
