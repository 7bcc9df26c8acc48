package io.strikemq.application.partition;

import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicSettings;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What all partitions need of the broker.
 *
 * @param logs       opens the log of a partition, by its topic's configs of that moment
 * @param settings   what hold for a topic
 * @param background runs what takes long and nobody waits for
 * @param appended   is told after each append; cheap
 * @param startMoved is told after a log has come to start elsewhere; cheap
 * @param damaged    is told of what a read finds damaged, each time
 */
record PartitionContext(
        BiFunction<Topic, TopicPartition, PartitionLog> logs,
        Function<Topic, TopicSettings> settings,
        ProducerSettings producers,
        Clock clock,
        Executor background,
        Runnable appended,
        Runnable startMoved,
        BiConsumer<TopicPartition, LogRead.Damaged> damaged) {}
