package io.strikemq.application.group;

import io.strikemq.domain.group.consumer.GroupTimes;
import io.strikemq.domain.port.out.RegularExpressions;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;

/**
 * What groups of all kinds are told of the world.
 *
 * @param classic     settings of classic groups and of offsets
 * @param consumer    settings of groups of the consumer protocol
 * @param times       the times of such groups, as they are at the moment
 * @param expressions how they name topics
 */
public record GroupProtocols(
        GroupSettings classic, ConsumerGroupSettings consumer, GroupTimes times, RegularExpressions expressions) {}
