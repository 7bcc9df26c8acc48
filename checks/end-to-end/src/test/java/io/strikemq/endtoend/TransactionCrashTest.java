package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.endtoend.TransactionHistory.Copy;
import io.strikemq.endtoend.TransactionHistory.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 in the middle of transactions over several partitions and a group's offsets: after the next start every committed
 * one is there whole and no other, also when indexes and checkpoints were harmed, and no reader is stuck behind one that nobody ends.
 * {@code scripts/crash-loop} runs this with many rounds.
 */
class TransactionCrashTest {
    private static final int ROUNDS = Integer.getInteger("strikemq.crash.rounds", 4);
    private static final String TOPIC = "transactional-crashes";
    private static final String GROUP = "transactional-group";
    private static final int RECORDS_IN_A_PARTITION = 2;
    private static final int PRODUCERS = 3;
    private static final int COMMITTED_BEFORE_THE_KILL = 60;
    private static final int ONE_IN_SO_MANY_IS_ABORTED = 4;
    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 3)
            .mapToObj(each -> new TopicPartition(TOPIC, each))
            .toList();

    @TempDir
    Path folder;

    private final TransactionHistory history = new TransactionHistory(PARTITIONS.size(), RECORDS_IN_A_PARTITION);
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void committedTransactionsAreWholeAndNothingElseIsRead() throws Exception {
        try (BrokerProcess broker = start();
                Admin admin = Admin.create(settings(broker))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS.size(), (short) 1)))
                    .all()
                    .get();
            broker.terminate();
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (BrokerProcess broker = start()) {
                leaveOneOpen(broker, round);
                transactUntilKilled(broker);
            }
            CrashFiles files = CrashFiles.of(round);
            files.harm(folder.resolve("data"));
            try (BrokerProcess broker = start()) {
                awaitThatNothingIsOpen(broker);
                history.check(read(broker));
                assertOffsetsAreThoseOfTheLastCommitted(broker);
                broker.terminate();
            }
            System.out.println("round " + (round + 1) + " of " + ROUNDS + ": " + history.committed() + " of " + next
                    + " transactions are there whole, and no other; indexes and checkpoints " + files);
        }
    }

    /** Transactions whose producers do not come back are ended by the broker, which looks for them often here. */
    private BrokerProcess start() {
        return BrokerProcess.start(folder, "--set", "transaction.abort.timed.out.transaction.cleanup.interval.ms=200");
    }

    private void leaveOneOpen(BrokerProcess broker, int round) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = settings(broker);
        settings.put("transactional.id", "left-" + round);
        settings.put("transaction.timeout.ms", 3000);
        try (KafkaProducer<Integer, Integer> producer = producer(settings)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, round % PARTITIONS.size(), -1, -1))
                    .get();
            producer.close(Duration.ZERO);
        }
    }

    private void transactUntilKilled(BrokerProcess broker) throws InterruptedException {
        long target = history.committed() + COMMITTED_BEFORE_THE_KILL;
        List<KafkaProducer<Integer, Integer>> producers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        ConsumerGroupMetadata group = groupMetadata(broker);
        for (int i = 0; i < PRODUCERS; i++) {
            String id = "transactional-" + i;
            Map<String, Object> settings = settings(broker);
            settings.put("transactional.id", id);
            KafkaProducer<Integer, Integer> producer = producer(settings);
            producers.add(producer);
            threads.add(new Thread(() -> transactAsLongAsItGoes(producer, id, group), id));
        }
        threads.forEach(Thread::start);
        boolean reached = Await.until(
                60, () -> history.committed() >= target || threads.stream().noneMatch(Thread::isAlive));
        boolean running = threads.stream().allMatch(Thread::isAlive);
        broker.kill();
        producers.forEach(each -> each.close(Duration.ZERO));
        for (Thread each : threads) {
            each.join();
        }
        assertTrue(reached && running, "all producers were running when the broker was killed");
    }

    /** One transaction after the other, until the broker is gone and the producer is closed. */
    private void transactAsLongAsItGoes(
            KafkaProducer<Integer, Integer> producer, String id, ConsumerGroupMetadata group) {
        try {
            producer.initTransactions();
            while (true) {
                transact(producer, id, group);
            }
        } catch (KafkaException | IllegalStateException gone) {
            // The transaction that it was in has an end that nobody was told.
        }
    }

    private void transact(KafkaProducer<Integer, Integer> producer, String id, ConsumerGroupMetadata group) {
        int transaction = next.getAndIncrement();
        history.began(transaction, id);
        producer.beginTransaction();
        for (int index = 0; index < RECORDS_IN_A_PARTITION; index++) {
            for (TopicPartition partition : PARTITIONS) {
                producer.send(new ProducerRecord<>(TOPIC, partition.partition(), transaction, index));
            }
        }
        producer.sendOffsetsToTransaction(Map.of(offsetsOf(id), new OffsetAndMetadata(transaction)), group);
        if (transaction % ONE_IN_SO_MANY_IS_ABORTED == 0) {
            producer.flush();
            history.ended(transaction, End.ABORTED);
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
            history.ended(transaction, End.COMMITTED);
        }
    }

    /**
     * Producers that come back end their own transactions, and the broker those of the others: then whoever reads
     * committed records reaches the end.
     */
    private void awaitThatNothingIsOpen(BrokerProcess broker) {
        for (int i = 0; i < PRODUCERS; i++) {
            Map<String, Object> settings = settings(broker);
            settings.put("transactional.id", "transactional-" + i);
            try (KafkaProducer<Integer, Integer> producer = producer(settings)) {
                producer.initTransactions();
            }
        }
        try (KafkaConsumer<Integer, Integer> committed = consumer(broker, "read_committed");
                KafkaConsumer<Integer, Integer> all = consumer(broker, "read_uncommitted")) {
            boolean ended =
                    Await.until(30, () -> committed.endOffsets(PARTITIONS).equals(all.endOffsets(PARTITIONS)));
            assertTrue(
                    ended,
                    () -> "readers are stuck: " + committed.endOffsets(PARTITIONS) + " of " + all.endOffsets(PARTITIONS)
                            + "; " + broker.get("/v1/transactions"));
        }
    }

    private static List<List<Copy>> read(BrokerProcess broker) {
        List<List<Copy>> read = new ArrayList<>();
        PARTITIONS.forEach(each -> read.add(new ArrayList<>()));
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker, "read_committed")) {
            consumer.assign(PARTITIONS);
            consumer.seekToBeginning(PARTITIONS);
            Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
            boolean done = Await.until(60, () -> {
                for (ConsumerRecord<Integer, Integer> record : consumer.poll(Duration.ofMillis(200))) {
                    read.get(record.partition()).add(new Copy(record.key(), record.value()));
                }
                return PARTITIONS.stream().allMatch(each -> consumer.position(each) >= ends.get(each));
            });
            assertTrue(done, "a reader of committed records reaches the end");
        }
        return read;
    }

    private void assertOffsetsAreThoseOfTheLastCommitted(BrokerProcess broker) {
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker, "read_committed")) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(PARTITIONS));
            for (int i = 0; i < PRODUCERS; i++) {
                String id = "transactional-" + i;
                OffsetAndMetadata offset = committed.get(offsetsOf(id));
                assertEquals(history.lastCommitted(id), offset == null ? -1 : offset.offset(), id);
            }
        }
    }

    /** Where a producer's transactions commit their number as an offset of the group. */
    private static TopicPartition offsetsOf(String id) {
        return PARTITIONS.get(Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)));
    }

    private static KafkaProducer<Integer, Integer> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new IntegerSerializer(), new IntegerSerializer());
    }

    private static ConsumerGroupMetadata groupMetadata(BrokerProcess broker) {
        try (KafkaConsumer<Integer, Integer> consumer = consumer(broker, "read_committed")) {
            return consumer.groupMetadata();
        }
    }

    private static KafkaConsumer<Integer, Integer> consumer(BrokerProcess broker, String isolation) {
        Map<String, Object> settings = settings(broker);
        settings.put("isolation.level", isolation);
        settings.put("group.id", GROUP);
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new IntegerDeserializer(), new IntegerDeserializer());
    }

    private static Map<String, Object> settings(BrokerProcess broker) {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
