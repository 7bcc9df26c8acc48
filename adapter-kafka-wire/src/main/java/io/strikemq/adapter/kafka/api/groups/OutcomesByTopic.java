package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Outcomes for partitions, as Kafka nests them in an answer: topics as the request had them, one named twice with two
 * rows. But once a partition does not exist, whose outcome the coordinator is never asked for, those come first and each
 * topic is there once.
 */
final class OutcomesByTopic {
    private OutcomesByTopic() {}

    /** The rows of the answer, for outcomes of a request whose topics had so many partitions each. */
    static List<List<OffsetCommitted>> of(IntStream sizes, List<OffsetCommitted> outcomes) {
        return someAreUnknown(outcomes) ? unknownFirst(outcomes) : Runs.ofSizes(sizes, outcomes);
    }

    private static boolean someAreUnknown(List<OffsetCommitted> outcomes) {
        return outcomes.stream().anyMatch(OutcomesByTopic::isUnknown);
    }

    /** The outcomes of each topic; those of the same partition stay in their order. */
    private static List<List<OffsetCommitted>> unknownFirst(List<OffsetCommitted> outcomes) {
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
