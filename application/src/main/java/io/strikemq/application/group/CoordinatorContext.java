package io.strikemq.application.group;

import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.GroupSettings;

/** What the coordinator lends to each of its groups: the rules of the protocol, the log, time. */
record CoordinatorContext(
        ClassicGroupRules rules, GroupLog log, OffsetRetention retention, Clock clock, Deadlines deadlines) {
    static CoordinatorContext of(GroupSettings settings, GroupLog log, Clock clock, Deadlines deadlines) {
        return new CoordinatorContext(
                new ClassicGroupRules(settings), log, new OffsetRetention(settings), clock, deadlines);
    }
}
