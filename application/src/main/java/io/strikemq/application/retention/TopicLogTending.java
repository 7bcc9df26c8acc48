package io.strikemq.application.retention;

import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.retention.PartitionExpiry.Dropped;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.log.TopicLogs.Held;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Does it on worker threads, a partition at a time, so that a topic of many partitions does not keep others waiting. */
public final class TopicLogTending implements TendLogs {
    private final Partitions partitions;
    private final PartitionExpiry expiry;
    private final LogCompaction compaction;

    /** {@code clock} says how old records are. */
    public TopicLogTending(Partitions partitions, LogCompaction compaction, Clock clock) {
        this.partitions = partitions;
        this.compaction = compaction;
        this.expiry = new PartitionExpiry(partitions, clock);
    }

    @Override
    public CompletionStage<TopicLogs> describe(RequestContext context, Topic topic) {
        return forEach(topic, TopicLogTending::held).thenApply(held -> new TopicLogs(policies(topic), held));
    }

    private List<String> policies(Topic topic) {
        return partitions.settings(partition(topic, 0)).cleanupPolicies().stream()
                .sorted()
                .toList();
    }

    private static Held held(Partition partition) {
        List<LogSegment> segments = partition.segments();
        long size = segments.stream().mapToLong(LogSegment::sizeInBytes).sum();
        return new Held(partition.name().partition(), size, segments.size());
    }

    @Override
    public CompletionStage<List<RecordsExpired>> expire(RequestContext context, Topic topic) {
        return forEach(topic, this::expire);
    }

    private RecordsExpired expire(Partition partition) {
        Dropped dropped = expiry.expire(partition);
        dropped.freeing().run();
        return new RecordsExpired(
                partition.name().partition(),
                partitions.isUnused(partition) ? 0 : partition.startOffset(),
                dropped.offsets(),
                dropped.segments(),
                dropped.bytes());
    }

    @Override
    public CompletionStage<List<RecordsCompacted>> compact(RequestContext context, Topic topic) {
        return compactNext(topic, new ArrayList<>(topic.partitionCount()));
    }

    private CompletionStage<List<RecordsCompacted>> compactNext(Topic topic, List<RecordsCompacted> done) {
        if (done.size() == topic.partitionCount()) {
            return CompletableFuture.completedFuture(done);
        }
        return compaction.compactNow(partition(topic, done.size())).thenCompose(compacted -> {
            done.add(compacted);
            return compactNext(topic, done);
        });
    }

    private <T> CompletionStage<List<T>> forEach(Topic topic, Function<Partition, T> action) {
        return next(topic, action, new ArrayList<>(topic.partitionCount()));
    }

    private <T> CompletionStage<List<T>> next(Topic topic, Function<Partition, T> action, List<T> done) {
        if (done.size() == topic.partitionCount()) {
            return CompletableFuture.completedFuture(done);
        }
        return partitions
                .onWorker(() -> done.add(action.apply(partition(topic, done.size()))))
                .thenCompose(added -> next(topic, action, done));
    }

    private Partition partition(Topic topic, int number) {
        Partition found = partitions.find(new TopicPartition(topic.name(), number));
        if (found == null) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "there is no topic '" + topic.name() + "' any more");
        }
        return found;
    }
}
