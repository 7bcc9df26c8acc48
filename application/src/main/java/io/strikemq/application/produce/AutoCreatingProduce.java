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
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        List<TopicRef> missing = List.of();
        for (PartitionRecords records : command.partitions()) {
            if (isMissing(records.topic())) {
                missing = missing.isEmpty() ? new ArrayList<>() : missing;
                missing.add(records.topic());
            }
        }
        return missing.isEmpty() ? produce.produce(context, command) : createAndProduce(context, missing, command);
    }

    private boolean isMissing(TopicRef topic) {
        return !topic.isById() && !Topic.isInternal(topic.name()) && partitions.find(topic, 0) == null;
    }

    private CompletionStage<List<PartitionProduced>> createAndProduce(
            RequestContext context, List<TopicRef> missing, ProduceCommand command) {
        CompletableFuture<List<TopicListing>> created =
                topics.named(context, missing, Creation.FOR_RECORDS).toCompletableFuture();
        ProduceCommand lasting = created.isDone() ? command : command.copy();
        return created.thenCompose(listings -> produce.produce(context, lasting));
    }
}
