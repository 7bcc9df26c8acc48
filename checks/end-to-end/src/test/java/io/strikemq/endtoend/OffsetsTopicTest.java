package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting __consumer_offsets over Kafka is possible, as with Kafka, and groups begin anew. */
class OffsetsTopicTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int SECONDS = 30;

    @TempDir
    Path folder;

    @Test
    void groupsBeginAnewWhenTheirTopicIsDeletedAndAreKeptFromThenOn() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaConsumer<String, String> member = member(broker)) {
            broker.post("/v1/topics/orders/messages", "{\"messages\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
            member.subscribe(List.of("orders"));
            awaitAssignment(member);
            member.commitSync(Map.of(ORDERS, new OffsetAndMetadata(1)));

            admin.deleteTopics(List.of("__consumer_offsets")).all().get();

            assertThrows(KafkaException.class, () -> member.commitSync(Map.of(ORDERS, new OffsetAndMetadata(2))));
            assertEquals(Map.of(), offsets(admin), "they went with their topic");
            assertTrue(Await.until(SECONDS, () -> {
                member.poll(Duration.ofMillis(100));
                return admin.describeConsumerGroups(List.of("g"))
                        .describedGroups()
                        .get("g")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((group, unknown) ->
                                unknown == null && group.members().size() == 1)
                        .join();
            }));
            awaitAssignment(member);
            member.commitSync(Map.of(ORDERS, new OffsetAndMetadata(2)));
            broker.kill();
        }
        try (BrokerProcess broker = BrokerProcess.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertEquals(Map.of(ORDERS, new OffsetAndMetadata(2)), offsets(admin));
            assertEquals(Set.of("__consumer_offsets", "orders"), Set.copyOf(topics(admin)));
        }
    }

    private static List<String> topics(Admin admin) throws Exception {
        return List.copyOf(admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets("g")
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static void awaitAssignment(KafkaConsumer<String, String> member) {
        assertTrue(Await.until(SECONDS, () -> {
            member.poll(Duration.ofMillis(100));
            return member.assignment().equals(Set.of(ORDERS));
        }));
    }

    private static KafkaConsumer<String, String> member(BrokerProcess broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "g",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
