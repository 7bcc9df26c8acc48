package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.group.migration.GroupRules;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;

/**
 * What the coordinator lends to each of its groups: the rules of the protocols, the log, who has offsets in
 * open transactions, the topics, time.
 *
 * @param watch   sees each event, with the group's lock held
 * @param changed is told after a group or its committed offsets have changed, with its lock held; cheap
 */
record CoordinatorContext(
        GroupRules rules,
        GroupLog log,
        OffsetRetention retention,
        PendingGroups pendingGroups,
        TopicRegistry topics,
        TopicSearch search,
        Clock clock,
        Deadlines deadlines,
        GroupWatch watch,
        Runnable changed) {}
