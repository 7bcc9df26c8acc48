package io.strikemq.application.producer;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.producer.PartitionProducers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks partitions for the producers that they remember. */
public final class ProducerListings implements DescribeProducers {
    private final Partitions partitions;

    public ProducerListings(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public CompletionStage<Map<TopicPartition, PartitionProducers>> describe(
            RequestContext context, Collection<TopicPartition> asked) {
        List<Partition> unopened = List.of();
        for (TopicPartition name : asked) {
            unopened = Partitions.withUnopened(unopened, partitions.find(name));
        }
        return partitions.whenOpen(unopened, () -> {
            Map<TopicPartition, PartitionProducers> told = new LinkedHashMap<>();
            asked.forEach(name -> told.computeIfAbsent(name, this::producers));
            return told;
        });
    }

    private PartitionProducers producers(TopicPartition name) {
        Partition partition = partitions.find(name);
        if (partition == null) {
            return absence(name);
        }
        try {
            return PartitionProducers.of(partition.producers());
        } catch (BrokerException e) {
            return PartitionProducers.refused(e.error(), e.getMessage());
        }
    }

    /** As in Kafka, there is a text only where the whole topic is missing. */
    private PartitionProducers absence(TopicPartition name) {
        Optional<String> fault = TopicName.fault(name.topic());
        if (fault.isPresent()) {
            return PartitionProducers.refused(ErrorCode.INVALID_TOPIC_EXCEPTION, fault.get());
        }
        return PartitionProducers.refused(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                partitions.hasTopic(name.topic()) ? null : "This server does not host this topic-partition.");
    }
}
