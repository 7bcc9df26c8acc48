package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.log.GroupRecord;
import java.util.List;

/** What of a record is its key in the log, so that compaction keeps the last one of each. */
final class LogKeys {
    private LogKeys() {}

    static Object of(GroupRecord found) {
        String kind = found.getClass().getSimpleName();
        if (found instanceof ConsumerGroupRecord.Member member) {
            return List.of(kind, member.memberId());
        } else if (found instanceof ConsumerGroupRecord.Target target) {
            return List.of(kind, target.memberId());
        } else if (found instanceof ConsumerGroupRecord.Current current) {
            return List.of(kind, current.memberId());
        } else if (found instanceof ConsumerGroupRecord.Regex regex) {
            return List.of(kind, regex.regex());
        }
        return kind;
    }
}
