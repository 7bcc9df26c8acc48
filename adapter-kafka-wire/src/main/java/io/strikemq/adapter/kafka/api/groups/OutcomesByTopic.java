package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Outcomes for partitions, as Kafka nests them in an answer once it had to add its own: partitions that do not exist
 * come first, since the coordinator is never asked for them, and each topic is there once.
 */
final class OutcomesByTopic {
    private OutcomesByTopic() {}

    /** Whether one of the partitions does not exist. */
    static boolean someAreUnknown(List<OffsetCommitted> outcomes) {
        return outcomes.stream().anyMatch(OutcomesByTopic::isUnknown);
    }

    /** The outcomes of each topic; those of the same partition stay in their order. */
    static List<List<OffsetCommitted>> unknownFirst(List<OffsetCommitted> outcomes) {
        Map<TopicRef, List<OffsetCommitted>> topics = new LinkedHashMap<>();
        Predicate<OffsetCommitted> unknown = OutcomesByTopic::isUnknown;
        for (Predicate<OffsetCommitted> turn : List.of(unknown, unknown.negate())) {
            outcomes.stream()
                    .filter(turn)
                    .forEach(each -> topics.computeIfAbsent(each.topic(), topic -> new ArrayList<>())
                            .add(each));
        }
        return List.copyOf(topics.values());
    }

    private static boolean isUnknown(OffsetCommitted outcome) {
        return outcome.error() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || outcome.error() == ErrorCode.UNKNOWN_TOPIC_ID;
    }
}
