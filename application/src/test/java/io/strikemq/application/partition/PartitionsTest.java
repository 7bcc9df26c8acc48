package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private final OneBroker broker = new OneBroker();

    @Test
    void logsAreOpenedWhenTheyAreFirstUsedAndNotBefore() {
        broker.topic("many", 50);
        assertEquals(Set.of(), broker.logs.opened());
        broker.produce("many", 7, "a");
        assertEquals(Set.of(new TopicPartition("many", 7)), broker.logs.opened());
        broker.partitions.close();
        assertEquals(1, broker.logs.opened().size());
    }

    @Test
    void moreAndMorePartitionsKeepThoseThatWereThere() {
        Topic topic = broker.topic("t", 1);
        broker.produce("t", 0, "a");
        broker.topics.update(topic, topic.withPartitionCount(3));
        assertEquals(1, broker.partition("t", 0).end().highWatermark());
        assertEquals(0, broker.produce("t", 2, "b").baseOffset());
        assertNull(broker.partition("t", 3));
    }

    @Test
    void aPartitionKnowsItsTopicAsItIsNow() {
        Topic topic = broker.topic("t", 1);
        Topic changed = topic.withConfigs(Map.of("cleanup.policy", "compact"));
        broker.topics.update(topic, changed);
        assertEquals(changed, broker.partition("t", 0).topic());
    }

    @Test
    void aDeletedTopicIsGoneAndStaysGoneForThoseWhoHoldItsPartition() {
        Topic topic = broker.topic("t", 2);
        broker.produce("t", 0, "old");
        Partition held = broker.partition("t", 0);
        broker.topics.delete(topic);
        assertNull(broker.partition("t", 0));
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                assertThrows(BrokerException.class, held::end).error());
        broker.topic("t", 1);
        assertEquals(0, broker.produce("t", 0, "new").baseOffset());
    }

    @Test
    void whoeverFindsTheLogClosedIsToldThatThePartitionIsGoneAndNotThatTheDiskFails() {
        List<Consumer<Partition>> questions = List.of(
                partition -> partition.read(0, new ReadLimit(Long.MAX_VALUE, 100, FirstBatch.ALWAYS)),
                partition -> partition.firstBatchAtOrAfter(0, 0),
                partition -> partition.batchWithLatestTimestamp(0),
                Partition::startOffset,
                Partition::sizeInBytes,
                partition -> partition.deleteBefore(1));
        for (Consumer<Partition> question : questions) {
            Topic topic = broker.topic("t", 1);
            broker.produce("t", 0, "a");
            assertEquals(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    answerAtTheClose(question, () -> broker.topics.delete(topic)));
        }
        for (Consumer<Partition> question : questions) {
            OneBroker stopping = new OneBroker();
            stopping.topic("t", 1);
            stopping.produce("t", 0, "a");
            assertEquals(
                    ErrorCode.NOT_LEADER_OR_FOLLOWER, answerAtTheClose(stopping, question, stopping.partitions::close));
        }
    }

    private ErrorCode answerAtTheClose(Consumer<Partition> question, Runnable ending) {
        return answerAtTheClose(broker, question, ending);
    }

    /** What a question hears that is asked of partition t-0 when its log has closed, but its end is not yet done. */
    private static ErrorCode answerAtTheClose(OneBroker broker, Consumer<Partition> question, Runnable ending) {
        Partition partition = broker.partition("t", 0);
        AtomicReference<ErrorCode> answer = new AtomicReference<>();
        broker.logs.afterNextClose(
                () -> answer.set(assertThrows(BrokerException.class, () -> question.accept(partition))
                        .error()));
        ending.run();
        return answer.get();
    }

    @Test
    void aDeletionThatFailsHalfWayIsADeletionAndTheNextTopicOfThatNameBeginsEmpty() {
        Topic topic = broker.topic("t", 3);
        for (int partition = 0; partition < 3; partition++) {
            broker.produce("t", partition, "old");
        }
        broker.logs.failToDelete(new TopicPartition("t", 1));
        try (LogLines log = new LogLines(TopicRegistry.class)) {
            assertTrue(broker.topics.delete(topic));
            assertEquals(
                    List.of("Topic t is deleted, but not all of its space is free before the next start: "
                            + "cannot delete the log of t-1"),
                    log.records().stream().map(LogRecord::getMessage).toList());
        }
        assertEquals(Optional.empty(), broker.topics.find("t"));
        broker.topic("t", 3);
        for (int partition = 0; partition < 3; partition++) {
            assertEquals(0, broker.partition("t", partition).end().highWatermark());
        }
    }

    @Test
    void aTopicCreatedAgainKnowsNoneOfTheOldProducers() {
        Topic topic = broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        broker.topics.delete(topic);
        broker.topic("t", 1);
        PartitionProduced again = broker.produce("t", 0, sequenced(0));
        assertEquals(0, again.baseOffset());
        assertEquals(1, broker.partition("t", 0).end().highWatermark(), "it was appended, as no duplicate");
    }

    @Test
    void aDuplicateIsAnsweredWithItsOffsetAndIsInTheLogOnce() {
        broker.topic("t", 1);
        broker.produce("t", 0, "other");
        assertEquals(1, broker.produce("t", 0, sequenced(0)).baseOffset());
        assertEquals(2, broker.produce("t", 0, sequenced(1)).baseOffset());
        PartitionProduced again = broker.produce("t", 0, sequenced(0));
        assertEquals(ErrorCode.NONE, again.error());
        assertEquals(1, again.baseOffset());
        assertEquals(0, again.logStartOffset());
        assertEquals(broker.time.wallClockMillis(), again.logAppendTime(), "Kafka answers the batch's timestamp here");
        assertEquals(List.of("other", "s0", "s1"), Reading.values(broker, broker.read(new Reading().from("t", 0, 0))));
    }

    @Test
    void aGapIsRefusedWithTheLogStartOffset() {
        broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        PartitionProduced gap = broker.produce("t", 0, sequenced(2));
        assertEquals(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, gap.error());
        assertEquals(0, gap.logStartOffset());
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, lowerEpoch().error());
    }

    private PartitionProduced lowerEpoch() {
        broker.produce("t", 0, new Batch(0).producer(9, 5, 0).records("x").build(broker.codecs));
        return broker.produce(
                "t", 0, new Batch(0).producer(9, 4, 1).records("y").build(broker.codecs));
    }

    @Test
    void producersAreKnownAfterARestartWithOrWithoutACheckpoint() {
        broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        broker.partitions.close();
        assertEquals(1, broker.logs.checkpoints());
        OneBroker second = broker.restarted();
        assertEquals(0, second.produce("t", 0, sequenced(0)).baseOffset());
        assertEquals(1, second.produce("t", 0, sequenced(1)).baseOffset());
        crash(second);
        OneBroker third = second.restarted();
        assertEquals(1, third.produce("t", 0, sequenced(1)).baseOffset(), "found in the log behind the checkpoint");
        assertEquals(0, third.produce("t", 0, sequenced(0)).baseOffset(), "found in the checkpoint");
        assertEquals(2, third.partition("t", 0).end().highWatermark());
    }

    @Test
    void closingWritesNoCheckpointWhereNothingIsNew() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a");
        broker.partitions.close();
        OneBroker second = broker.restarted();
        assertEquals(1, second.partition("t", 0).end().highWatermark());
        second.partitions.close();
        assertEquals(1, broker.logs.checkpoints());
    }

    @Test
    void afterClosingNothingIsTaken() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a");
        broker.partitions.close();
        broker.partitions.close();
        assertEquals(
                ErrorCode.NOT_LEADER_OR_FOLLOWER, broker.produce("t", 0, "b").error());
    }

    @Test
    void aCheckpointIsTakenFromTimeToTimeSoThatRecoveryStaysShort() {
        broker.topic("t", 1);
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 67; i++) {
            assertEquals(i, broker.produce("t", 0, large).baseOffset());
        }
        assertEquals(0, broker.logs.checkpoints(), "less than 64 MB");
        broker.produce("t", 0, large);
        broker.produce("t", 0, large);
        assertEquals(1, broker.logs.checkpoints());
    }

    @Test
    void checkpointsGoOnAfterWhateverFailure() {
        broker.topic("t", 1);
        String large = "x".repeat(1_000_000);
        try (LogLines log = new LogLines(Checkpointing.class)) {
            broker.logs.duringCheckpoints(() -> {
                throw new IllegalStateException("a bug");
            });
            for (int i = 0; i < 140; i++) {
                broker.produce("t", 0, large);
            }
            assertEquals(0, broker.logs.checkpoints());
            assertEquals(1, log.records().size(), "told once, not at each of the tries");

            broker.logs.duringCheckpoints(() -> {});
            for (int i = 0; i < 70; i++) {
                broker.produce("t", 0, large);
            }
            assertEquals(1, broker.logs.checkpoints());

            broker.logs.duringCheckpoints(() -> {
                throw new NoClassDefFoundError("a class that is not there");
            });
            for (int i = 0; i < 70; i++) {
                broker.produce("t", 0, large);
            }
            assertEquals(2, log.records().size(), "a new failure is told again");
            broker.logs.duringCheckpoints(() -> {});
            broker.partitions.close();
            assertEquals(2, broker.logs.checkpoints());
        }
    }

    @Test
    void manyPartitionsAreClosedSideBySideSinceEachWaitsForTheDisk() {
        broker.topic("t", 64);
        for (int i = 0; i < 64; i++) {
            broker.produce("t", i, "a");
        }
        CyclicBarrier eightAtOnce = new CyclicBarrier(8);
        broker.logs.duringCheckpoints(() -> {
            try {
                eightAtOnce.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("there are not eight at once", e);
            }
        });
        broker.partitions.close();
        assertEquals(64, broker.logs.checkpoints());
        assertEquals(
                ErrorCode.NOT_LEADER_OR_FOLLOWER, broker.produce("t", 5, "b").error());
    }

    @Test
    void producersAreFoundThoughALogIsDamaged() {
        broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        broker.produce("t", 0, "lost");
        broker.produce("t", 0, sequenced(1));
        crash(broker);
        broker.logs.damage(1, 2);
        OneBroker second = broker.restarted();
        try (LogLines log = new LogLines(LogReplay.class)) {
            assertEquals(2, second.produce("t", 0, sequenced(1)).baseOffset());
            assertEquals(1, log.records().size());
        }
    }

    @Test
    void aFailedCheckpointAtCloseIsLoggedAndTheLogIsClosed() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a");
        broker.logs.fillDisk();
        try (LogLines log = new LogLines(Checkpointing.class)) {
            broker.partitions.close();
            assertEquals(1, log.records().size());
            assertNull(log.records().get(0).getThrown(), "a full disk is no bug, and has no stack");
        }
        broker.logs.repair();
        assertEquals(1, broker.restarted().partition("t", 0).end().highWatermark());
    }

    @Test
    void aFullDiskIsOneLineWhenItBeginsAndOneWhenItEnds() {
        broker.topic("t", 1);
        try (LogLines log = new LogLines(ReportedAppends.class)) {
            broker.logs.fillDisk();
            assertEquals(
                    ErrorCode.KAFKA_STORAGE_ERROR, broker.produce("t", 0, "a").error());
            assertEquals(
                    ErrorCode.KAFKA_STORAGE_ERROR, broker.produce("t", 0, "a").error());
            assertEquals(1, log.records().size());
            broker.logs.repair();
            broker.produce("t", 0, "a");
            broker.produce("t", 0, "b");

            assertEquals(2, log.records().size());
            assertEquals(
                    "Partition t-0 takes records again.", log.records().get(1).getMessage());
        }
    }

    @Test
    void producersThatAreIdleForADayAreForgotten() {
        broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        broker.time.advance(ProducerSettings.DEFAULT.idExpiration());
        assertEquals(1, broker.produce("t", 0, sequenced(0)).baseOffset(), "no duplicate any more");
        broker.time.advance(Duration.ofHours(23));
        assertEquals(1, broker.produce("t", 0, sequenced(0)).baseOffset());
    }

    @Test
    void idleProducersAreNotToldOf() {
        broker.topic("t", 1);
        broker.produce("t", 0, sequenced(0));
        assertEquals(1, broker.partition("t", 0).producers().size());
        broker.time.advance(ProducerSettings.DEFAULT.idExpiration());
        assertEquals(List.of(), broker.partition("t", 0).producers());
    }

    @Test
    void partitionsCarryTheEpochOfTheirLeader() {
        Topic topic = broker.topic("t", 1);
        TopicPartition name = new TopicPartition("t", 0);
        Partition partition = new Partition(
                topic,
                name,
                3,
                new PartitionContext(
                        (any, of) -> null,
                        any -> null,
                        ProducerSettings.DEFAULT,
                        broker.time,
                        Runnable::run,
                        () -> {},
                        () -> {},
                        (of, damage) -> {}));
        assertEquals(ErrorCode.NONE, partition.checkLeaderEpoch(3));
        assertEquals(ErrorCode.NONE, partition.checkLeaderEpoch(-1));
        assertEquals(ErrorCode.FENCED_LEADER_EPOCH, partition.checkLeaderEpoch(2));
        assertEquals(ErrorCode.FENCED_LEADER_EPOCH, partition.checkLeaderEpoch(-2));
        assertEquals(ErrorCode.UNKNOWN_LEADER_EPOCH, partition.checkLeaderEpoch(4));
        assertNotNull(partition.name());
    }

    /** The logs are closed, as by the end of a process, but nobody could say what was in them. */
    private static void crash(OneBroker broker) {
        broker.logs.failWith(() -> new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the process died"));
        try (LogLines log = new LogLines(Checkpointing.class)) {
            broker.partitions.close();
            assertEquals(1, log.records().size());
        }
        broker.logs.repair();
    }

    private ByteBuffer sequenced(int sequence) {
        return new Batch(broker.time.wallClockMillis())
                .producer(7, 0, sequence)
                .records("s" + sequence)
                .build(broker.codecs);
    }
}
