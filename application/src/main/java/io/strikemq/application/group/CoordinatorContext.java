package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.GroupSettings;

/**
 * What the coordinator lends to each of its groups: the rules of the protocol, the log, who has offsets in
 * open transactions, the topics, time.
 */
record CoordinatorContext(
        ClassicGroupRules rules,
        GroupLog log,
        OffsetRetention retention,
        PendingGroups pendingGroups,
        TopicRegistry topics,
        Clock clock,
        Deadlines deadlines) {
    static CoordinatorContext of(
            GroupSettings settings, GroupLog log, TopicRegistry topics, Clock clock, Deadlines deadlines) {
        return new CoordinatorContext(
                new ClassicGroupRules(settings),
                log,
                new OffsetRetention(settings),
                new PendingGroups(),
                topics,
                clock,
                deadlines);
    }
}
