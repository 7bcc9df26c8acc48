package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionWatch;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingFetchTest {
    static final Duration LONG = Duration.ofSeconds(30);

    private final OneBroker broker = new OneBroker();
    private Topic topic;

    @BeforeEach
    void createTopic() {
        topic = broker.topic("t", 2);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, broker.time.pendingDeadlines(), "deadlines that nobody cancelled");
        assertEquals(0, broker.logs.heldSlices(), "slices that nobody released");
    }

    @Test
    void anAppendEndsTheWaitOnItsOwnThread() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0));
        assertFalse(answer.isDone());
        broker.produce("t", 0, "a");
        assertEquals(List.of("a"), valuesOf(answer));
    }

    @Test
    void anErrorWhileItReadsAgainIsItsOwnAndNotThatOfWhoAppended() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0));
        broker.logs.beforeNextRead(() -> {
            throw new OutOfMemoryError("an error that this test provokes");
        });

        assertEquals(ErrorCode.NONE, broker.produce("t", 0, "a").error());

        assertTrue(answer.isCompletedExceptionally());
    }

    @Test
    void theDeadlineEndsTheWaitWithWhatIsThere() {
        broker.produce("t", 0, "a");
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().atLeast(10_000).waiting(Duration.ofMillis(500)).from("t", 0, 0));
        broker.time.advance(Duration.ofMillis(499));
        assertFalse(answer.isDone());
        assertEquals(0, broker.logs.heldSlices(), "a waiting fetch holds no records");
        broker.time.advance(Duration.ofMillis(1));
        assertEquals(List.of("a"), valuesOf(answer));
    }

    @Test
    void anEmptyAnswerAtTheDeadlineStillTellsTheHighWatermark() {
        broker.produce("t", 0, "a");
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 1));
        broker.time.advance(LONG);
        assertEquals(1, answer.join().partitions().get(0).highWatermark());
        assertEquals(List.of(), valuesOf(answer));
    }

    @Test
    void bytesOfAllPartitionsCountTogetherIncludingThoseThatWereThere() {
        broker.produce("t", 0, "a".repeat(100));
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().atLeast(450).waiting(LONG).from("t", 0, 0).from("t", 1, 0));
        broker.produce("t", 1, "b".repeat(100));
        assertFalse(answer.isDone(), "2 x about 170 bytes");
        int reads = broker.logs.reads();
        broker.produce("t", 1, "c".repeat(100));
        assertEquals(List.of("a".repeat(100), "b".repeat(100), "c".repeat(100)), valuesOf(answer));
        assertEquals(reads + 2, broker.logs.reads(), "each partition was read once more, and only at the end");
    }

    @Test
    void anAppendThatDoesNotSufficeReadsNothing() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().atLeast(100_000).waiting(LONG).from("t", 0, 0));
        int reads = broker.logs.reads();
        for (int i = 0; i < 10; i++) {
            broker.produce("t", 0, "a");
        }
        assertFalse(answer.isDone());
        assertEquals(reads, broker.logs.reads());
        broker.time.advance(LONG);
        assertEquals(10, valuesOf(answer).size());
    }

    @Test
    void aPartitionCountsNoMoreBytesThanItMayReturn() {
        CompletableFuture<FetchResult> answer = broker.fetch(new Reading()
                .atLeast(400)
                .waiting(LONG)
                .atMostOfEach(200)
                .from("t", 0, 0)
                .from("t", 1, 0));
        broker.produce("t", 0, "a".repeat(100));
        broker.produce("t", 0, "b".repeat(100));
        broker.produce("t", 0, "c".repeat(100));
        assertFalse(answer.isDone(), "three batches of one partition, of which an answer has but one");
        broker.produce("t", 1, "d".repeat(100));
        assertFalse(answer.isDone());
        broker.produce("t", 1, "e".repeat(100));
        assertEquals(List.of("a".repeat(100), "d".repeat(100)), valuesOf(answer));
    }

    @Test
    void aBacklogThatReachesTheLimitIsAnsweredAtOnceThoughItsLastBatchDoesNotFit() {
        produceBacklog("t", 0);
        assertAnsweredAtOnce(2000, new Reading().atLeast(2000).atMostOfEach(2000));
        assertAnsweredAtOnce(2000, new Reading().atLeast(2000).atMost(2000));
        assertAnsweredAtOnce(2000, new Reading().atLeast(1_000_000).atMost(2000));
    }

    @Test
    void aMinimumBeyondWhatThePartitionMayReturnIsWaitedFor() {
        produceBacklog("t", 0);
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().atLeast(2001).waiting(LONG).atMostOfEach(2000).from("t", 0, 0));
        assertFalse(answer.isDone());
        broker.produce("t", 0, "more");
        assertFalse(answer.isDone(), "no append to this partition can help");
        broker.time.advance(LONG);
        assertEquals(2000, sizeOf(answer));
    }

    @Test
    void aBatchThatIsLeftOutForTheAnswersLimitIsNotWaitedFor() {
        broker.produce("t", 0, "a".repeat(100));
        produceBacklog("t", 1);
        CompletableFuture<FetchResult> answer = broker.fetch(new Reading()
                .atLeast(400)
                .atMost(400)
                .waiting(LONG)
                .from("t", 0, 0)
                .from("t", 1, 0));
        assertTrue(answer.isDone(), "the second partition has more, of which not one batch fits");
        assertTrue(sizeOf(answer) < 400);
    }

    @Test
    void aBatchThatIsLeftOutForItsPartitionsLimitCountsUpToThatLimit() {
        broker.produce("t", 0, "a".repeat(100));
        produceBacklog("t", 1);
        Reading reading = new Reading().atLeast(300).waiting(LONG).from("t", 0, 0);
        assertTrue(sizeOf(broker.fetch(reading.atMostOfEach(200).from("t", 1, 0))) < 300);
        CompletableFuture<FetchResult> tooFew = broker.fetch(new Reading()
                .atLeast(300)
                .waiting(LONG)
                .from("t", 0, 0)
                .atMostOfEach(100)
                .from("t", 1, 0));
        assertFalse(tooFew.isDone());
        assertTrue(tooFew.cancel(false));
    }

    private void assertAnsweredAtOnce(int bytes, Reading reading) {
        assertEquals(bytes, sizeOf(broker.fetch(reading.waiting(LONG).from("t", 0, 0))));
    }

    /** Ten batches of more than 300 bytes each. */
    private void produceBacklog(String topicName, int partition) {
        for (int i = 0; i < 10; i++) {
            broker.produce(topicName, partition, "x".repeat(300));
        }
    }

    private static int sizeOf(CompletableFuture<FetchResult> answer) {
        assertTrue(answer.isDone(), "the fetch still waits");
        FetchResult result = answer.join();
        int size = result.partitions().stream()
                .mapToInt(partition -> partition.records().sizeInBytes())
                .sum();
        result.release();
        return size;
    }

    @Test
    void minimumBytesBeyondTheMaximumAreCutDownToIt() {
        CompletableFuture<FetchResult> answer = broker.fetch(new Reading()
                .atLeast(Integer.MAX_VALUE)
                .atMost(100)
                .waiting(LONG)
                .from("t", 0, 0));
        broker.produce("t", 0, "a".repeat(100));
        assertEquals(List.of("a".repeat(100)), valuesOf(answer));
    }

    @Test
    void readCommittedCountsStableBytes() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().committed().waiting(LONG).from("t", 0, 0));
        broker.produce("t", 0, "a");
        assertEquals(List.of("a"), valuesOf(answer));
    }

    @Test
    void deletingTheTopicEndsTheWaitWithAnError() {
        CompletableFuture<FetchResult> byName =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0).from("t", 1, 0));
        CompletableFuture<FetchResult> byId =
                broker.fetch(new Reading().waiting(LONG).from(TopicRef.byId(topic.id()), 0, 0));
        broker.topics.delete(topic);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                byName.join().partitions().get(0).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                byId.join().partitions().get(0).error());
    }

    @Test
    void closingTheBrokerEndsTheWaitSoThatClientsLookForAnotherLeader() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0));
        broker.partitions.close();
        assertEquals(
                ErrorCode.NOT_LEADER_OR_FOLLOWER,
                answer.join().partitions().get(0).error());
    }

    @Test
    void anAppendBetweenTheReadAndTheWaitIsNotMissed() {
        Deadlines untimely = (delay, action) -> {
            broker.produce("t", 0, "a");
            return broker.time.schedule(delay, action);
        };
        RecordReader reader = new RecordReader(broker.codecs);
        LongPollFetch fetch = new LongPollFetch(
                broker.partitions,
                new DownConversion(reader, broker.codecs),
                FetchSettings.DEFAULT,
                broker.identifiers,
                broker.time,
                untimely);
        Reading reading = new Reading().waiting(LONG).from("t", 0, 0);
        assertEquals(
                List.of("a"),
                valuesOf(fetch.fetch(OneBroker.CLIENT, reading.query()).toCompletableFuture()));
    }

    @Test
    void aTopicDeletedBetweenTheReadAndTheWaitEndsItToo() {
        Partition partition = broker.partition("t", 0);
        broker.read(new Reading().from("t", 0, 0));
        broker.topics.delete(topic);
        List<String> heard = new ArrayList<>();
        partition.watch(new PartitionWatch() {
            @Override
            public void appended(LogEnd end) {
                heard.add("appended");
            }

            @Override
            public void gone() {
                heard.add("gone");
            }
        });
        assertEquals(List.of("gone"), heard);
    }

    @Test
    void cancellingLeavesNothingBehind() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0));
        assertTrue(answer.cancel(false));
        assertEquals(0, broker.time.pendingDeadlines());
        int reads = broker.logs.reads();
        broker.produce("t", 0, "a");
        assertEquals(reads, broker.logs.reads(), "nobody waits for it any more");
    }

    @Test
    void oneAppendEndsTheWaitOfManyConsumers() {
        List<CompletableFuture<FetchResult>> answers = List.of(
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0)),
                broker.fetch(new Reading().waiting(LONG).from("t", 0, 0)),
                broker.fetch(new Reading().waiting(LONG).from("t", 1, 0)));
        broker.produce("t", 0, "a");
        assertEquals(List.of("a"), valuesOf(answers.get(0)));
        assertEquals(List.of("a"), valuesOf(answers.get(1)));
        assertFalse(answers.get(2).isDone());
        assertTrue(answers.get(2).cancel(false));
    }

    private List<String> valuesOf(CompletableFuture<FetchResult> answer) {
        assertTrue(answer.isDone(), "the fetch still waits");
        List<String> values = Reading.values(broker, answer.join());
        answer.join().release();
        return values;
    }
}
