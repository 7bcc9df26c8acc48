package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that are created, filled and deleted again and again until the broker dies, and what must be there after each
 * of its deaths: a topic is whole or wholly gone, and has nothing of the one of its name before.
 *
 * <p>Threading: {@link #changeUntilDead} and {@link #assertWholeOrGone} are called one after the other.
 */
final class ShortLivedTopics {
    private static final int TOPICS = 4;
    private static final int PARTITIONS = 3;
    /** A living broker has answered by then, on the busiest machine. */
    private static final int ANSWER_SECONDS = 10;

    private static final String GROUP = "short-lived-group";

    /** What was acknowledged of a topic, and what was asked for and not acknowledged. */
    private static final class Fate {
        private final String name;
        private boolean exists;
        private boolean isBeingCreated;
        private boolean isBeingDeleted;
        private boolean isCommitted;
        private boolean mayBeCommitted;
        private long startOffset;
        private boolean mayStartLater;
        /** All that is written into the topic, unlike what was in any before. */
        private int incarnation;
        /** The partitions in which records were acknowledged, and were asked for. */
        private final Set<Integer> filled = new HashSet<>();

        private final Set<Integer> mayBeFilled = new HashSet<>();

        private Fate(String name) {
            this.name = name;
        }

        private TopicPartition partition(int partition) {
            return new TopicPartition(name, partition);
        }

        private void created() {
            exists = true;
            isBeingCreated = false;
        }

        private void gone() {
            exists = false;
            isBeingCreated = false;
            isBeingDeleted = false;
            isCommitted = false;
            mayBeCommitted = false;
            startOffset = 0;
            mayStartLater = false;
            filled.clear();
            mayBeFilled.clear();
        }
    }

    private final List<Fate> fates = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private int deletions;

    ShortLivedTopics() {
        for (int i = 0; i < TOPICS; i++) {
            fates.add(new Fate("short-lived-" + i));
        }
    }

    /** How many creations and deletions were begun so far. Callable from any thread. */
    int begun() {
        return begun.get();
    }

    /** How many deletions were acknowledged so far. */
    int deletions() {
        return deletions;
    }

    /** Creates, fills and deletes until the broker is gone; throws what goes wrong while it is there. */
    void changeUntilDead(BrokerProcess broker) {
        Admin admin = admin(broker);
        try {
            while (broker.isAlive()) {
                for (Fate fate : fates) {
                    begun.incrementAndGet();
                    if (fate.exists) {
                        delete(broker, admin, fate);
                    } else {
                        create(broker, admin, fate);
                        fill(broker, admin, fate);
                    }
                }
            }
        } catch (CompletionException | UncheckedIOException failure) {
            // Of a dead broker, whatever was asked for last may have happened or not; of a living one, this is what is
            // looked for.
            if (!Await.until(5, () -> !broker.isAlive())) {
                throw failure;
            }
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Waits for the answer, which a dead broker does not give. */
    private static void settle(BrokerProcess broker, KafkaFuture<?> asked) {
        Await.until(ANSWER_SECONDS + 2, () -> asked.isDone() || !broker.isAlive());
        if (!asked.isDone()) {
            throw new UncheckedIOException(new IOException("no answer"));
        }
        asked.toCompletionStage().toCompletableFuture().join();
    }

    private static void create(BrokerProcess broker, Admin admin, Fate fate) {
        fate.incarnation++;
        fate.isBeingCreated = true;
        settle(
                broker,
                admin.createTopics(List.of(new NewTopic(fate.name, PARTITIONS, (short) 1)))
                        .all());
        fate.created();
    }

    private static void fill(BrokerProcess broker, Admin admin, Fate fate) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            fate.mayBeFilled.add(partition);
            String message = "{\"value\":\"" + fate.incarnation + "\"}";
            JsonNode answer = broker.post(
                    "/v1/topics/" + fate.name + "/messages?partition=" + partition,
                    "{\"messages\":[" + message + "," + message + "]}");
            assertEquals(0, answer.path("base_offset").asLong(-1), () -> fate.name + " is not new: " + answer);
            fate.filled.add(partition);
        }
        fate.mayStartLater = true;
        settle(
                broker,
                admin.deleteRecords(Map.of(fate.partition(0), RecordsToDelete.beforeOffset(1)))
                        .all());
        fate.startOffset = 1;
        fate.mayBeCommitted = true;
        OffsetAndMetadata committed = new OffsetAndMetadata(1, Integer.toString(fate.incarnation));
        settle(
                broker,
                admin.alterConsumerGroupOffsets(GROUP, Map.of(fate.partition(1), committed))
                        .all());
        fate.isCommitted = true;
    }

    private void delete(BrokerProcess broker, Admin admin, Fate fate) {
        fate.isBeingDeleted = true;
        settle(broker, admin.deleteTopics(List.of(fate.name)).all());
        fate.gone();
        deletions++;
    }

    /** Asks the next broker on the same data for all of them, and goes on with what it has. */
    void assertWholeOrGone(BrokerProcess broker) {
        Set<String> there = new HashSet<>();
        broker.get("/v1/topics").forEach(topic -> there.add(topic.get("name").asText()));
        try (Admin admin = admin(broker)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (Fate fate : fates) {
                if (there.contains(fate.name)) {
                    assertTrue(fate.exists || fate.isBeingCreated, fate.name + " was deleted and is there");
                    assertWhole(broker, fate, offsets.get(fate.partition(1)));
                    fate.created();
                    fate.isBeingDeleted = false;
                } else {
                    assertFalse(fate.exists && !fate.isBeingDeleted, fate.name + " is lost");
                    fate.gone();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertWhole(BrokerProcess broker, Fate fate, OffsetAndMetadata committed) {
        JsonNode partitions = broker.get("/v1/topics/" + fate.name).get("partitions");
        assertEquals(PARTITIONS, partitions.size(), fate.name);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long start = partitions.get(partition).get("start_offset").asLong();
            boolean startIsRight = start == (partition == 0 ? fate.startOffset : 0)
                    || partition == 0 && fate.mayStartLater && start == 1;
            assertTrue(startIsRight, fate.partition(partition) + " starts with " + start);
            assertRecords(broker, fate, partition, start);
        }
        String inGroup = committed == null ? "" : committed.metadata();
        boolean commitIsRight = inGroup.isEmpty() ? !fate.isCommitted : fate.mayBeCommitted;
        assertTrue(commitIsRight, fate.name + " has a committed offset of '" + inGroup + "'");
        assertTrue(inGroup.isEmpty() || inGroup.equals(Integer.toString(fate.incarnation)), fate.name + ": " + inGroup);
    }

    private static void assertRecords(BrokerProcess broker, Fate fate, int partition, long start) {
        JsonNode records = broker.get("/v1/topics/" + fate.name + "/messages?partition=" + partition);
        for (JsonNode record : records) {
            assertEquals(
                    fate.incarnation, record.get("value").asInt(), () -> fate.partition(partition) + " has " + records);
        }
        boolean isFull = records.size() == 2 - start;
        boolean isRight =
                isFull && fate.mayBeFilled.contains(partition) || records.isEmpty() && !fate.filled.contains(partition);
        assertTrue(isRight, () -> fate.partition(partition) + " from " + start + " on has " + records);
    }

    private static Admin admin(BrokerProcess broker) {
        return Admin.create(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "request.timeout.ms",
                1000 * ANSWER_SECONDS,
                "default.api.timeout.ms",
                1000 * ANSWER_SECONDS,
                "retries",
                0));
    }
}
