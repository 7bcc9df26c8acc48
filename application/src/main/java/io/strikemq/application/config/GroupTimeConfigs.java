package io.strikemq.application.config;

import io.strikemq.domain.group.consumer.GroupTimes;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The times of groups as their own configs say, or else the broker's, altered or not. Callable from any thread. */
public final class GroupTimeConfigs implements GroupTimes {
    private static final String SESSION_TIMEOUT = "consumer.session.timeout.ms";
    private static final String HEARTBEAT_INTERVAL = "consumer.heartbeat.interval.ms";
    private static final String ASSIGNMENT_INTERVAL = "consumer.assignment.interval.ms";

    private final ResourceConfigs stored;
    private final Function<String, List<Synonym>> brokerConfigs;
    private final Clock clock;

    /** {@code brokerConfigs}: the values of a config of the broker, the one in force first. */
    public GroupTimeConfigs(ResourceConfigs stored, Function<String, List<Synonym>> brokerConfigs, Clock clock) {
        this.stored = stored;
        this.brokerConfigs = brokerConfigs;
        this.clock = clock;
    }

    @Override
    public Duration sessionTimeout(String groupId) {
        return time(groupId, SESSION_TIMEOUT);
    }

    @Override
    public Duration heartbeatInterval(String groupId) {
        return time(groupId, HEARTBEAT_INTERVAL);
    }

    @Override
    public Duration assignmentInterval(String groupId) {
        // It is there to spare the broker work. On a clock that stands still no member would ever get its partitions.
        return clock.standsStill() ? Duration.ZERO : time(groupId, ASSIGNMENT_INTERVAL);
    }

    private Duration time(String groupId, String config) {
        String own =
                stored.of(new ConfigResource(ConfigResource.GROUP, groupId)).get(config);
        String value = own != null
                ? own
                : brokerConfigs.apply("group." + config).get(0).value();
        return Duration.ofMillis(Long.parseLong(value.trim()));
    }
}
