package io.strikemq.application.produce;

import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Creates a topic at its first produce, where the broker's settings allow it; never one of the broker's own.
 *
 * <p>The product promises this beyond Kafka, which creates topics only when a client asks for their metadata; since
 * every Kafka client asks before it produces, none of them can tell.
 */
public final class AutoCreatingProduce implements ProduceRecords {
    private final Partitions partitions;
    private final DescribeTopics topics;
    private final ProduceRecords produce;

    /** Produces by {@code produce}, once {@code topics} had its chance to create what is missing. */
    public AutoCreatingProduce(Partitions partitions, DescribeTopics topics, ProduceRecords produce) {
        this.partitions = partitions;
        this.topics = topics;
        this.produce = produce;
    }

    @Override
    public CompletionStage<List<PartitionProduced>> produce(RequestContext context, ProduceCommand command) {
        for (PartitionRecords records : command.partitions()) {
            TopicRef topic = records.topic();
            boolean isMissing = !topic.isById() && !Topic.isInternal(topic.name()) && partitions.find(topic, 0) == null;
            if (isMissing) {
                topics.named(context, List.of(topic), Creation.ALLOWED);
            }
        }
        return produce.produce(context, command);
    }
}
