package io.strikemq.application.group;

import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.GroupSettings;

/** What all groups share. */
record GroupSurroundings(
        ClassicGroupRules rules, GroupLog log, OffsetRetention retention, Clock clock, Deadlines deadlines) {
    static GroupSurroundings of(GroupSettings settings, GroupLog log, Clock clock, Deadlines deadlines) {
        return new GroupSurroundings(
                new ClassicGroupRules(settings), log, new OffsetRetention(settings), clock, deadlines);
    }
}
