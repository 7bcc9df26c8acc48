package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetches that need not wait; {@link WaitingFetchTest} has the others. */
class LongPollFetchTest {
    private final OneBroker broker = new OneBroker();
    private Topic topic;

    @BeforeEach
    void createTopic() {
        topic = broker.topic("t", 3);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, broker.time.pendingDeadlines(), "deadlines that nobody cancelled");
    }

    @Test
    void aFetchInTheMiddleOfABatchReturnsTheWholeBatch() {
        broker.produce("t", 0, "a", "b", "c");
        broker.produce("t", 0, "d");
        assertEquals(List.of("a", "b", "c", "d"), read(new Reading().from("t", 0, 2)));
        assertEquals(List.of("d"), read(new Reading().from("t", 0, 3)));
    }

    @Test
    void recordsAreServedUpToTheDamageAndBehindItAndThereItIsCorruptMessage() {
        broker.produce("t", 0, "a", "b");
        broker.produce("t", 0, "c");
        broker.produce("t", 0, "d");
        broker.logs.damage(2, 3);

        assertEquals(List.of("a", "b"), read(new Reading().from("t", 0, 0)));
        assertEquals(
                ErrorCode.CORRUPT_MESSAGE, only(new Reading().from("t", 0, 2)).error());
        assertEquals(List.of("d"), read(new Reading().from("t", 0, 3)));
    }

    @Test
    void aBrokerThatWantsToFollowIsToldThatItIsNoFollower() {
        broker.produce("t", 0, "a");
        Reading asBroker = new Reading().asBroker(7).from("t", 0, 0);
        assertEquals(ErrorCode.NOT_LEADER_OR_FOLLOWER, only(asBroker).error());
        Reading withEpoch = new Reading().asBroker(7).from(TopicRef.byName("t"), 0, 0, 0);
        assertEquals(ErrorCode.UNKNOWN_LEADER_EPOCH, only(withEpoch).error());
    }

    @Test
    void fewerThanNoBytesAreNothingThatCanBeRead() {
        broker.produce("t", 0, "a");
        Reading ofPartition = new Reading().atMostOfEach(-1).from("t", 0, 0);
        assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, only(ofPartition).error());
        assertEquals(
                List.of(ErrorCode.UNKNOWN_SERVER_ERROR, ErrorCode.NONE),
                broker.read(new Reading().atMost(-1).from("t", 0, 0).from("t", 1, 0)).partitions().stream()
                        .map(PartitionFetched::error)
                        .toList(),
                "Kafka refuses the first one alone");
        assertEquals(
                ErrorCode.NONE,
                only(new Reading().atMostOfEach(-1).from("t", 0, 1)).error());
        assertEquals(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                only(new Reading().atMostOfEach(-1).from("t", 0, 2)).error());
    }

    @Test
    void aNegativeLeaderEpochIsNone() {
        broker.produce("t", 0, "a");
        assertEquals(
                ErrorCode.NONE,
                only(new Reading().from(TopicRef.byName("t"), 0, 0, -2)).error());
    }

    @Test
    void aFetchThatMayWaitIsToldOfDamageAtOnce() {
        broker.produce("t", 0, "a");
        broker.logs.damage(0, 1);
        CompletableFuture<FetchResult> fetch =
                broker.fetch(new Reading().waiting(Duration.ofSeconds(9)).from("t", 0, 0));
        assertTrue(fetch.isDone());
        assertEquals(ErrorCode.CORRUPT_MESSAGE, fetch.join().partitions().get(0).error());
    }

    @Test
    void theAnswerTellsTheHighWatermarkLastStableOffsetAndLogStart() {
        broker.produce("t", 0, "a", "b");
        PartitionFetched fetched = only(new Reading().from("t", 0, 0));
        assertEquals(2, fetched.highWatermark());
        assertEquals(2, fetched.lastStableOffset());
        assertEquals(0, fetched.logStartOffset());
        assertNull(fetched.currentLeader());
        fetched.records().release();
    }

    @Test
    void abortedTransactionsAreListedForReadCommittedOnly() {
        broker.produce("t", 0, "a");
        assertNull(only(new Reading().from("t", 0, 0)).aborted());
        assertEquals(List.of(), only(new Reading().committed().from("t", 0, 0)).aborted());
        assertEquals(List.of(), only(new Reading().committed().from("t", 0, 1)).aborted());
    }

    @Test
    void theEndOfTheLogIsEmptyAndBeyondItIsOutOfRange() {
        broker.produce("t", 0, "a", "b");
        PartitionFetched atEnd = only(new Reading().from("t", 0, 2));
        assertEquals(ErrorCode.NONE, atEnd.error());
        assertEquals(0, atEnd.records().sizeInBytes());
        for (long offset : new long[] {3, -1, Long.MAX_VALUE}) {
            PartitionFetched outOfRange = only(new Reading().from("t", 0, offset));
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, outOfRange.error());
            assertEquals(-1, outOfRange.highWatermark());
            assertEquals(-1, outOfRange.lastStableOffset());
            assertEquals(-1, outOfRange.logStartOffset());
        }
    }

    @Test
    void belowTheLogStartIsOutOfRange() {
        broker.produce("t", 0, "a");
        broker.produce("t", 0, "b");
        broker.deleteBefore("t", 0, 1);
        assertEquals(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                only(new Reading().from("t", 0, 0)).error());
        assertEquals(1, only(new Reading().from("t", 0, 1)).logStartOffset());
    }

    @Test
    void theFirstBatchIsReturnedHoweverLargeAndOnlyThat() {
        broker.produce("t", 0, "a".repeat(5000));
        broker.produce("t", 0, "b");
        broker.produce("t", 1, "c");
        List<String> values = read(new Reading()
                .atMost(100)
                .atMostOfEach(10)
                .from("t", 2, 0)
                .from("t", 0, 0)
                .from("t", 1, 0));
        assertEquals(List.of("a".repeat(5000)), values, "partition 2 is empty, so 0 is the first with records");
    }

    @Test
    void eachPartitionHasItsOwnLimitAndTheAnswerOneForAll() {
        int size = sizeOf("t", 0, "v1");
        broker.produce("t", 0, "v2");
        broker.produce("t", 1, "v3");
        broker.produce("t", 1, "v4");
        Reading oneOfEach = new Reading().atMostOfEach(size).from("t", 0, 0).from("t", 1, 0);
        assertEquals(List.of("v1", "v3"), read(oneOfEach));
        Reading threeInAll = new Reading().atMost(3 * size + 1).from("t", 0, 0).from("t", 1, 0);
        assertEquals(List.of("v1", "v2", "v3"), read(threeInAll));
    }

    @Test
    void offsetsAreCheckedEvenWhenNoBytesAreLeft() {
        broker.produce("t", 0, "a");
        FetchResult result = broker.read(new Reading().atMost(1).from("t", 0, 0).from("t", 1, 5));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, result.partitions().get(1).error());
        result.release();
    }

    @Test
    void theLeaderEpochOfTheClientIsChecked() {
        TopicRef t = TopicRef.byName("t");
        assertEquals(ErrorCode.NONE, only(new Reading().from(t, 0, 0, 0)).error());
        assertEquals(
                ErrorCode.NONE,
                only(new Reading().from(t, 0, 0, Integer.MIN_VALUE)).error());
        assertEquals(
                ErrorCode.UNKNOWN_LEADER_EPOCH,
                only(new Reading().from(t, 0, 0, 1)).error());
    }

    @Test
    void aReaderWhoseLastEpochIsUnknownIsOutOfRange() {
        TopicRef t = TopicRef.byName("t");
        assertEquals(
                ErrorCode.NONE,
                only(new Reading().ask(new PartitionQuery(t, 0, -1, 0, 0, -1, 100)))
                        .error());
        assertEquals(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                only(new Reading().ask(new PartitionQuery(t, 0, -1, 0, 1, -1, 100)))
                        .error());
    }

    @Test
    void whatIsNotThereHasItsErrorAndComesLast() {
        TopicRef unknownId = TopicRef.byId(broker.identifiers.newUuid());
        FetchResult result = broker.read(new Reading()
                .from("other", 0, 0)
                .from(unknownId, 0, 0)
                .from(TopicRef.byId(topic.id()), 9, 0)
                .from("t", 0, 0));
        assertEquals(
                List.of(
                        ErrorCode.NONE,
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.UNKNOWN_TOPIC_ID,
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                result.partitions().stream().map(PartitionFetched::error).toList());
        assertEquals(unknownId, result.partitions().get(2).topic());
    }

    @Test
    void aTopicThatWasCreatedAgainHasAnotherIdAndNoneOfTheOldRecords() {
        broker.produce("t", 0, "old");
        broker.topics.delete(topic);
        Topic again = broker.topic("t", 1);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_ID,
                only(new Reading().from(TopicRef.byId(topic.id()), 0, 0)).error());
        assertEquals(
                0, only(new Reading().from(TopicRef.byId(again.id()), 0, 0)).highWatermark());
    }

    @Test
    void oldReadersGetOldMessageFormats() {
        broker.produce("t", 0, "a", "b");
        for (int magic = 0; magic < 2; magic++) {
            PartitionFetched fetched = only(new Reading().inFormat(magic).from("t", 0, 0));
            assertEquals(magic, fetched.records().buffers().get(0).get(16));
            assertEquals(0, broker.logs.heldSlices(), "what was converted is given back at once");
        }
    }

    @Test
    void everythingThatWasReadIsGivenBack() {
        broker.produce("t", 0, "a");
        FetchResult result = broker.read(new Reading().from("t", 0, 0));
        assertEquals(1, broker.logs.heldSlices());
        result.release();
        assertEquals(0, broker.logs.heldSlices());
    }

    @Test
    void aFetchAnswersAtOnceWhenItAsksForNothingWaitsForNothingOrFails() {
        assertTrue(broker.fetch(new Reading().waiting(WaitingFetchTest.LONG)).isDone(), "no partition");
        assertTrue(broker.fetch(
                        new Reading().atLeast(0).waiting(WaitingFetchTest.LONG).from("t", 0, 0))
                .isDone());
        assertTrue(broker.fetch(new Reading().from("t", 0, 0)).isDone());
        assertTrue(broker.fetch(new Reading()
                        .waiting(WaitingFetchTest.LONG)
                        .from("t", 0, 0)
                        .from("t", 1, 7))
                .isDone());
        assertTrue(broker.fetch(new Reading().waiting(WaitingFetchTest.LONG).from("none", 0, 0))
                .isDone());
        CompletableFuture<FetchResult> waiting = broker.fetch(
                new Reading().waiting(WaitingFetchTest.LONG).from("none", 0, 0).from("t", 0, 0));
        assertTrue(waiting.cancel(false), "what is missing alone does not end a wait, as in Kafka");
    }

    private List<String> read(Reading reading) {
        FetchResult result = broker.read(reading);
        List<String> values = Reading.values(broker, result);
        result.release();
        return values;
    }

    private PartitionFetched only(Reading reading) {
        FetchResult result = broker.read(reading);
        assertEquals(1, result.partitions().size());
        return result.partitions().get(0);
    }

    private int sizeOf(String name, int partition, String value) {
        long before = broker.partition(name, partition).end().bytes();
        broker.produce(name, partition, value);
        return (int) (broker.partition(name, partition).end().bytes() - before);
    }
}
