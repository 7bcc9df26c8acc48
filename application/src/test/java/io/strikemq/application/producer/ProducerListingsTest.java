package io.strikemq.application.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.PartitionProducers;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProducerListingsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final OneBroker broker = new OneBroker(FetchSettings.DEFAULT, workers::add);
    private final ProducerListings listings = new ProducerListings(broker.partitions);

    @Test
    void theProducersOfAPartitionAreToldWhenItsLogIsOpen() {
        broker.topic("t", 2);
        CompletableFuture<Map<TopicPartition, PartitionProducers>> answer = describe(T0, T1, T0);
        assertFalse(answer.isDone(), "the caller does not wait for the disk");
        work();
        assertEquals(PartitionProducers.of(List.of()), answer.join().get(T0));

        broker.produce("t", 0, new Batch(5).producer(7, 3, 4).records("a", "b").build(broker.codecs));

        assertEquals(
                Map.of(
                        T0,
                        PartitionProducers.of(
                                List.of(new ActiveProducer(new ProducerIdentity(7, (short) 3), 5, 5, -1, -1))),
                        T1,
                        PartitionProducers.of(List.of())),
                describe(T0, T1).join());
    }

    @Test
    void whatIsNotThereIsSaidInKafkasWords() {
        broker.topic("t", 1);
        TopicPartition illegal = new TopicPartition("a b", 0);
        TopicPartition missing = new TopicPartition("u", 0);
        Map<TopicPartition, PartitionProducers> answer =
                describe(T1, missing, illegal).join();

        assertEquals(PartitionProducers.refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null), answer.get(T1));
        assertEquals(
                PartitionProducers.refused(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition."),
                answer.get(missing));
        assertEquals(ErrorCode.INVALID_TOPIC_EXCEPTION, answer.get(illegal).error());
        assertEquals(
                "Topic name is invalid: 'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and"
                        + " '-'",
                answer.get(illegal).message());
    }

    @Test
    void aLogThatCannotBeOpenedIsAnErrorOfItsPartition() {
        broker.topic("t", 1);
        broker.logs.beforeNextOpening(this::failToOpen);
        try (LogLines log = new LogLines(Partition.class)) {
            CompletableFuture<Map<TopicPartition, PartitionProducers>> answer = describe(T0);
            work();

            assertEquals(
                    PartitionProducers.refused(ErrorCode.KAFKA_STORAGE_ERROR, "damaged"),
                    answer.join().get(T0));
            assertEquals(1, log.records().size());
        }
    }

    private void failToOpen() {
        broker.logs.beforeNextOpening(this::failToOpen);
        throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "damaged");
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    private CompletableFuture<Map<TopicPartition, PartitionProducers>> describe(TopicPartition... partitions) {
        return listings.describe(OneBroker.CLIENT, List.of(partitions)).toCompletableFuture();
    }
}
