package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 in the middle of a producer's run, while topics are created and deleted: every acknowledged record is there
 * once, the group goes on where it had committed, also when indexes and checkpoints were harmed, and each of those
 * topics is whole or gone. {@code scripts/crash-loop} runs this with many rounds.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("strikemq.crash.rounds", 4);
    private static final TopicPartition PARTITION = new TopicPartition("crashes", 0);
    /** So that the broker has time for topics too, and each round few records to read back. */
    private static final int MOST_ON_THEIR_WAY = 20;

    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 500;
    /** At most so many topics are created or deleted before it. */
    private static final int CHANGES_BEFORE_THE_KILL = 11;

    @TempDir
    Path folder;

    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final ShortLivedTopics topics = new ShortLivedTopics();
    private int next;

    @Test
    void everyAcknowledgedRecordIsThereOnceAndTheGroupResumes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long committed;
            try (BrokerProcess broker = BrokerProcess.start(folder)) {
                committed = consumeAndCommit(broker);
                FutureTask<Void> changed = new FutureTask<>(() -> topics.changeUntilDead(broker), null);
                new Thread(changed, "changes").start();
                produceUntilKilled(broker, 1 + round % CHANGES_BEFORE_THE_KILL, changed);
            }
            CrashFiles files = CrashFiles.of(round);
            files.harm(folder.resolve("data"));
            try (BrokerProcess broker = BrokerProcess.start(folder)) {
                assertAllThereOnce(broker, round);
                assertEquals(committed, committedOffset(broker), "the group's offset in round " + round);
                topics.assertWholeOrGone(broker);
                broker.terminate();
            }
            System.out.println("round " + (round + 1) + " of " + ROUNDS + ": " + acknowledged.size()
                    + " acknowledged records are there once, the group is at " + committed
                    + ", indexes and checkpoints "
                    + files + ", " + topics.deletions() + " topics were deleted");
        }
    }

    private void produceUntilKilled(BrokerProcess broker, int changesOfTopics, Future<?> changed) throws Exception {
        int begun = topics.begun() + changesOfTopics;
        int target = acknowledged.size() + ACKNOWLEDGED_BEFORE_THE_KILL;
        Map<String, Object> settings = settings(broker);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 2000);
        settings.put("delivery.timeout.ms", 2000);
        settings.put("request.timeout.ms", 1000);
        settings.put("max.block.ms", 1000);
        try (KafkaProducer<Integer, Integer> producer =
                new KafkaProducer<>(settings, new IntegerSerializer(), new IntegerSerializer())) {
            Thread killer = new Thread(() -> {
                // Whatever did not happen in this time is told below.
                Await.until(30, () -> changed.isDone() || acknowledged.size() >= target && topics.begun() >= begun);
                broker.kill();
            });
            killer.start();
            Semaphore places = new Semaphore(MOST_ON_THEIR_WAY);
            while (broker.isAlive()) {
                if (places.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    int value = next++;
                    producer.send(new ProducerRecord<>(PARTITION.topic(), 0, value, value), (metadata, failure) -> {
                        places.release();
                        if (failure == null) {
                            acknowledged.add(value);
                        }
                    });
                }
            }
            producer.close(Duration.ZERO);
        }
        changed.get();
        assertTrue(acknowledged.size() >= target, "the producer was running when the broker was killed");
        assertTrue(
                topics.begun() >= begun, () -> topics.begun() + " topics changed, not " + begun + ", before the kill");
    }

    private long consumeAndCommit(BrokerProcess broker) {
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker)) {
            consumer.assign(List.of(PARTITION));
            long position = consumer.endOffsets(List.of(PARTITION)).get(PARTITION) / 2;
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(position)));
            return position;
        }
    }

    private static long committedOffset(BrokerProcess broker) {
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker)) {
            return consumer.committed(Set.of(PARTITION)).get(PARTITION).offset();
        }
    }

    private void assertAllThereOnce(BrokerProcess broker, int round) {
        Map<Integer, Integer> seen = new HashMap<>();
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            long nextOffset = 0;
            while (nextOffset < end) {
                for (ConsumerRecord<Integer, Integer> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertEquals(nextOffset++, record.offset(), "offsets are dense");
                    assertEquals(record.key(), record.value());
                    seen.merge(record.value(), 1, Integer::sum);
                }
            }
        }
        Set<Integer> lost = new TreeSet<>(acknowledged);
        lost.removeAll(seen.keySet());
        assertEquals(Set.of(), lost, "lost in round " + round);
        seen.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), seen, "there more than once in round " + round);
    }

    private static KafkaConsumer<Integer, Integer> consumer(BrokerProcess broker) {
        Map<String, Object> settings = settings(broker);
        settings.put("group.id", "crash-group");
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new IntegerDeserializer(), new IntegerDeserializer());
    }

    private static Map<String, Object> settings(BrokerProcess broker) {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
