package io.strikemq.application.journal;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Configs, where changes to those of topics are told with who asked for them. */
public final class ToldConfigs implements ManageConfigs {
    private final ManageConfigs configs;
    private final Events events;

    /** Has {@code configs} do it, and tells {@code events}. */
    public ToldConfigs(ManageConfigs configs, Events events) {
        this.configs = configs;
        this.events = events;
    }

    @Override
    public List<ConfigResource> list(RequestContext context, Set<Byte> types) {
        return configs.list(context, types);
    }

    @Override
    public ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names) {
        return configs.describe(context, resource, names);
    }

    @Override
    public List<ConfigOutcome> replace(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return told(context, resources, mode, configs.replace(context, resources, mode));
    }

    @Override
    public List<ConfigOutcome> change(RequestContext context, List<ConfigAlteration> resources, Mode mode) {
        return told(context, resources, mode, configs.change(context, resources, mode));
    }

    private List<ConfigOutcome> told(
            RequestContext context, List<ConfigAlteration> resources, Mode mode, List<ConfigOutcome> outcomes) {
        for (int i = 0; i < outcomes.size() && mode == Mode.APPLY; i++) {
            ConfigAlteration altered = resources.get(i);
            if (outcomes.get(i).error() == ErrorCode.NONE && altered.resource().typeCode() == ConfigResource.TOPIC) {
                String topic = altered.resource().name();
                String changes =
                        altered.changes().stream().map(ToldConfigs::told).collect(Collectors.joining(", "));
                events.happened(Happening.ofTopic(
                        Kind.TOPIC_ALTERED,
                        topic,
                        "configs of topic " + topic + " were altered by " + Who.of(context) + ": " + changes));
            }
        }
        return outcomes;
    }

    private static String told(ConfigChange change) {
        return change.operation() + " " + change.name() + (change.value() == null ? "" : "=" + change.value());
    }
}
