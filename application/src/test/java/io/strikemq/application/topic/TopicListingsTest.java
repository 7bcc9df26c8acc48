package io.strikemq.application.topic;

import static io.strikemq.application.topic.TopicFixture.ANYONE;
import static io.strikemq.domain.error.ErrorCode.INVALID_TOPIC_EXCEPTION;
import static io.strikemq.domain.error.ErrorCode.KAFKA_STORAGE_ERROR;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_ID;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TopicListingsTest {
    private final TopicFixture broker = TopicFixture.usual();

    @Test
    void topicsAreFoundByNameAndById() {
        Topic topic = broker.existing("orders", 2);
        for (TopicRef ref : List.of(TopicRef.byName("orders"), TopicRef.byId(topic.id()))) {
            assertEquals(
                    List.of(new TopicListing(
                            ref,
                            NONE,
                            topic,
                            List.of(
                                    new PartitionListing(0, 0, 0, List.of(0)),
                                    new PartitionListing(1, 0, 0, List.of(0))))),
                    broker.listings
                            .named(ANYONE, List.of(ref), Creation.FORBIDDEN)
                            .toCompletableFuture()
                            .join());
        }
    }

    @Test
    void allTopicsComeByNameWithInternalOnes() {
        broker.existing("b", 1);
        broker.existing("a", 1);
        broker.internalTopics.ensureConsumerOffsets();
        assertEquals(
                List.of("__consumer_offsets", "a", "b"),
                broker.listings.all(ANYONE).stream()
                        .map(listing -> listing.topic().name())
                        .toList());
    }

    @Test
    void aTopicThatIsAskedForTwiceIsToldOnce() {
        broker.existing("orders", 1);
        assertEquals(List.of(NONE), ask(broker, Creation.FORBIDDEN, "orders", "orders"));
    }

    @Test
    void aMissingTopicIsCreatedWithTheBrokersDefaults() {
        TopicFixture generous =
                new TopicFixture(new TopicDefaults(true, 4, (short) 1, true, 50, 50, 1 << 20, 1 << 20, Map.of()), 0);
        assertEquals(List.of(NONE), ask(generous, Creation.ALLOWED, "new"));
        assertEquals(4, generous.registry.find("new").orElseThrow().partitionCount());
    }

    @Test
    void nothingIsCreatedUnlessRequestAndBrokerAllowIt() {
        TopicFixture strict =
                new TopicFixture(new TopicDefaults(false, 1, (short) 1, true, 50, 50, 1 << 20, 1 << 20, Map.of()), 0);
        assertEquals(List.of(UNKNOWN_TOPIC_OR_PARTITION), ask(broker, Creation.FORBIDDEN, "new"));
        assertEquals(
                List.of(UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_OR_PARTITION),
                ask(strict, Creation.ALLOWED, "new", "__consumer_offsets"));
        assertTrue(strict.registry.all().isEmpty() && broker.registry.all().isEmpty());
    }

    @Test
    void illegalNamesAndUnknownIdsAreToldApart() {
        List<TopicRef> unknown = List.of(TopicRef.byId(new UUID(3, 4)));
        assertEquals(
                UNKNOWN_TOPIC_ID,
                broker.listings
                        .named(ANYONE, unknown, Creation.ALLOWED)
                        .toCompletableFuture()
                        .join()
                        .get(0)
                        .error());
        for (Creation creation : Creation.values()) {
            assertEquals(List.of(INVALID_TOPIC_EXCEPTION, INVALID_TOPIC_EXCEPTION), ask(broker, creation, "", "a/b"));
        }
    }

    @Test
    void whatCannotBeCreatedIsUnknown() {
        broker.existing("a_b", 1);
        TopicFixture poor =
                new TopicFixture(new TopicDefaults(true, 1, (short) 3, true, 50, 50, 1 << 20, 1 << 20, Map.of()), 0);
        assertEquals(List.of(UNKNOWN_TOPIC_OR_PARTITION), ask(broker, Creation.ALLOWED, "a.b"));
        assertEquals(List.of(UNKNOWN_TOPIC_OR_PARTITION), ask(poor, Creation.ALLOWED, "new"));
    }

    @Test
    void whatAFullDiskKeepsFromBeingCreatedSaysSo() {
        broker.registry.addListener(new FullDisk());
        TopicRef ref = TopicRef.byName("new");
        assertEquals(
                List.of(new TopicListing(ref, KAFKA_STORAGE_ERROR, null, List.of(), "no space left on device")),
                broker.listings
                        .named(ANYONE, List.of(ref), Creation.ALLOWED)
                        .toCompletableFuture()
                        .join());
    }

    private static final class FullDisk implements TopicListener {
        @Override
        public void topicOpened(Topic topic) {
            throw new BrokerException(KAFKA_STORAGE_ERROR, "no space left on device");
        }

        @Override
        public void topicChanged(Topic before, Topic after) {
            throw new IllegalStateException("no topic changes here");
        }

        @Override
        public void topicDeleted(Topic topic) {
            throw new IllegalStateException("no topic is deleted here");
        }
    }

    @Test
    void theOffsetsTopicIsCreatedCompactedWithFiftyPartitions() {
        assertEquals(List.of(NONE), ask(broker, Creation.ALLOWED, Topic.CONSUMER_OFFSETS));
        Topic offsets = broker.registry.find(Topic.CONSUMER_OFFSETS).orElseThrow();
        assertEquals(50, offsets.partitionCount());
        assertEquals(
                Map.of("cleanup.policy", "compact", "compression.type", "producer", "segment.bytes", "104857600"),
                offsets.configs());
        assertEquals(offsets, broker.internalTopics.ensureConsumerOffsets());
    }

    @Test
    void theSegmentsOfInternalTopicsAreAsLargeAsTheBrokersSettingsSay() {
        TopicFixture small =
                new TopicFixture(new TopicDefaults(true, 1, (short) 1, true, 50, 50, 2 << 20, 3 << 20, Map.of()), 0);
        assertEquals(
                "2097152",
                small.internalTopics.ensureConsumerOffsets().configs().get("segment.bytes"));
        assertEquals(
                "3145728",
                small.internalTopics.ensureTransactionState().configs().get("segment.bytes"));
    }

    @Test
    void theTopicOfTransactionsIsCreatedAsKafkaCreatesIt() {
        assertEquals(List.of(NONE), ask(broker, Creation.ALLOWED, Topic.TRANSACTION_STATE));
        Topic transactions = broker.registry.find(Topic.TRANSACTION_STATE).orElseThrow();
        assertEquals(50, transactions.partitionCount());
        assertEquals(
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "uncompressed",
                        "segment.bytes", "104857600",
                        "unclean.leader.election.enable", "false",
                        "min.insync.replicas", "1"),
                transactions.configs());
        assertEquals(transactions, broker.internalTopics.ensureTransactionState());
    }

    @Test
    void namesThatTheBrokerReservesAreNotCreated() {
        assertEquals(
                List.of(UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_OR_PARTITION),
                ask(broker, Creation.ALLOWED, "__share_group_state", "__cluster_metadata"));
        assertTrue(broker.registry.all().isEmpty());
    }

    @Test
    void concurrentRequestsForTheSameNewTopicSeeOneTopic() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<UUID>> asks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                List<TopicRef> refs = List.of(TopicRef.byName("new-" + i / 16));
                asks.add(() -> broker.listings
                        .named(ANYONE, refs, Creation.ALLOWED)
                        .toCompletableFuture()
                        .join()
                        .get(0)
                        .topic()
                        .id());
            }
            List<Future<UUID>> ids = threads.invokeAll(asks);
            for (int i = 0; i < 64; i++) {
                assertEquals(broker.idOf("new-" + i / 16), ids.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void partitionsTakeTurnsAmongSeveralBrokers() {
        TopicFixture three = new TopicFixture(TopicDefaults.DEFAULT, 5, 6, 7);
        three.create(TopicFixture.topic("orders", 4, 2));
        List<PartitionListing> partitions = three.listings.all(ANYONE).get(0).partitions();
        assertEquals(
                List.of(5, 6, 7, 5),
                partitions.stream().map(PartitionListing::leaderId).toList());
        assertEquals(List.of(7, 5), partitions.get(2).replicas());
    }

    private static List<ErrorCode> ask(TopicFixture broker, Creation creation, String... names) {
        List<TopicRef> refs = List.of(names).stream().map(TopicRef::byName).toList();
        return broker.listings.named(ANYONE, refs, creation).toCompletableFuture().join().stream()
                .map(TopicListing::error)
                .toList();
    }
}
