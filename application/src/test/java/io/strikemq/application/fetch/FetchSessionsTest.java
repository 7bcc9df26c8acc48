package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Fetch sessions (KIP-227), as a consumer sees them. */
class FetchSessionsTest {
    private final OneBroker broker = new OneBroker(new FetchSettings(2, 55 << 20));
    private final Topic topic = broker.topic("t", 4);

    @Test
    void aFullRequestOpensASessionAndIsAnsweredInFull() {
        FetchResult first = open(0, 1);
        assertNotEquals(0, first.sessionId());
        assertEquals(List.of(0, 1), partitions(first));
    }

    @Test
    void aRequestWithoutASessionGetsNone() {
        assertEquals(0, broker.read(new Reading().from("t", 0, 0)).sessionId());
    }

    @Test
    void ofAPartitionThatIsNamedTwiceTheLastNamingCountsAsInKafka() {
        broker.produce("t", 0, "a");
        broker.produce("t", 0, "b");
        FetchResult without =
                broker.read(new Reading().from("t", 0, 0).from("t", 1, 0).from("t", 0, 1));
        assertEquals(List.of(0, 1), partitions(without));
        assertEquals(List.of("b"), Reading.values(broker, without));

        FetchResult opening =
                broker.read(new Reading().session(0, 0).from("t", 0, 0).from("t", 0, 1));
        assertEquals(List.of("b"), Reading.values(broker, opening));
        int id = opening.sessionId();
        FetchResult incremental =
                broker.read(new Reading().session(id, 1).from("t", 0, 1).from("t", 0, 0));
        assertEquals(List.of("a", "b"), Reading.values(broker, incremental));
    }

    @Test
    void anIncrementalAnswerNamesOnlyWhatIsNew() {
        int id = open(0, 1, 2).sessionId();
        assertEquals(List.of(), partitions(broker.read(new Reading().session(id, 1))));
        broker.produce("t", 1, "a");
        FetchResult news = broker.read(new Reading().session(id, 2));
        assertEquals(List.of(1), partitions(news));
        assertEquals(id, news.sessionId());
        assertEquals(List.of("a"), Reading.values(broker, news));
    }

    @Test
    void aMovedHighWatermarkIsNewsAlsoWithoutRecords() {
        int id = open(0).sessionId();
        broker.produce("t", 0, "a");
        assertEquals(
                List.of(0), partitions(broker.read(new Reading().session(id, 1).from("t", 0, 1))));
        assertEquals(List.of(), partitions(broker.read(new Reading().session(id, 2))));
        broker.produce("t", 0, "b");
        assertEquals(
                List.of(0), partitions(broker.read(new Reading().session(id, 3).from("t", 0, 2))));
    }

    @Test
    void aMovedLogStartIsNews() {
        broker.produce("t", 0, "a");
        broker.produce("t", 0, "b");
        int id = broker.read(new Reading().session(0, 0).from("t", 0, 2)).sessionId();
        assertEquals(List.of(), partitions(broker.read(new Reading().session(id, 1))));
        broker.deleteBefore("t", 0, 1);
        assertEquals(List.of(0), partitions(broker.read(new Reading().session(id, 2))));
        assertEquals(List.of(), partitions(broker.read(new Reading().session(id, 3))));
    }

    @Test
    void errorsAreToldEachTimeAndSoIsTheirEnd() {
        int id = broker.read(new Reading().session(0, 0).from("t", 0, 5)).sessionId();
        assertEquals(List.of(0), partitions(broker.read(new Reading().session(id, 1))));
        assertEquals(
                List.of(0), partitions(broker.read(new Reading().session(id, 2).from("t", 0, 0))), "it is over");
        assertEquals(List.of(), partitions(broker.read(new Reading().session(id, 3))));
    }

    @Test
    void partitionsCanBeAddedChangedAndForgotten() {
        broker.produce("t", 0, "a");
        broker.produce("t", 1, "b");
        int id = open(0).sessionId();
        FetchResult added =
                broker.read(new Reading().session(id, 1).from("t", 0, 1).from("t", 1, 0));
        assertEquals(List.of("b"), Reading.values(broker, added));
        FetchResult forgotten =
                broker.read(new Reading().session(id, 2).from("t", 0, 0).forget("t", 1));
        assertEquals(List.of("a"), Reading.values(broker, forgotten));
    }

    @Test
    void whatARequestWouldReadIsToldWithItsSessionAndChangesNothing() {
        int id = open(0, 1).sessionId();
        Reading next = new Reading().session(id, 1).from("t", 2, 0).forget("t", 0);

        assertEquals(List.of(1, 2), reads(next));
        assertEquals(List.of(2), reads(new Reading().session(id + 1, 1).from("t", 2, 0)), "of no session");
        assertEquals(List.of(2), reads(new Reading().session(id, 0).from("t", 2, 0)), "which begins a new one");
        assertEquals(List.of(0, 1), reads(new Reading().session(id, 1)));
        assertEquals(List.of(2), partitions(broker.read(next)), "the session still expects this epoch");
    }

    private List<Integer> reads(Reading reading) {
        return broker.fetch.reads(reading.query()).stream()
                .map(FetchQuery.PartitionQuery::partition)
                .toList();
    }

    @Test
    void aSessionWithoutPartitionsEnds() {
        int id = open(0).sessionId();
        FetchResult last = broker.read(new Reading().session(id, 1).forget("t", 0));
        assertEquals(0, last.sessionId());
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                broker.read(new Reading().session(id, 2)).error());
    }

    @Test
    void anUnknownSessionAndAWrongEpochAreRefused() {
        FetchResult unknown = broker.read(new Reading().session(12345, 1).from("t", 0, 0));
        assertEquals(ErrorCode.FETCH_SESSION_ID_NOT_FOUND, unknown.error());
        assertEquals(0, unknown.sessionId());
        assertEquals(List.of(), unknown.partitions());
        int id = open(0).sessionId();
        assertEquals(
                ErrorCode.INVALID_FETCH_SESSION_EPOCH,
                broker.read(new Reading().session(id, 2)).error());
        assertEquals(ErrorCode.NONE, broker.read(new Reading().session(id, 1)).error(), "the session lives on");
        assertEquals(
                ErrorCode.INVALID_FETCH_SESSION_EPOCH,
                broker.read(new Reading().session(id, 1)).error());
    }

    @Test
    void theFinalEpochClosesTheSessionAndAnswersInFull() {
        int id = open(0, 1).sessionId();
        FetchResult last = broker.read(new Reading().session(id, -1).from("t", 0, 0));
        assertEquals(0, last.sessionId());
        assertEquals(List.of(0), partitions(last));
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                broker.read(new Reading().session(id, 1)).error());
    }

    @Test
    void aFullRequestReplacesTheSessionThatItNames() {
        int first = open(0).sessionId();
        int second =
                broker.read(new Reading().session(first, 0).from("t", 1, 0)).sessionId();
        assertNotEquals(first, second);
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                broker.read(new Reading().session(first, 1)).error());
    }

    @Test
    void namesAndIdsCannotBeMixedInASession() {
        int id = open(0).sessionId();
        TopicRef byId = TopicRef.byId(topic.id());
        FetchResult mixed = broker.read(new Reading().byIds().session(id, 1).from(byId, 1, 0));
        assertEquals(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR, mixed.error());
        FetchResult nothingNamed = broker.read(new Reading().byIds().session(id, 1));
        assertEquals(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR, nothingNamed.error(), "the version says how it names");
    }

    @Test
    void ofATopicIdThatIsGoneTheSessionTellsWhatBecameOfItsName() {
        TopicRef byId = TopicRef.byId(topic.id());
        int id = broker.read(new Reading().byIds().session(0, 0).from(byId, 0, 0))
                .sessionId();
        broker.topics.delete(topic);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                onlyError(new Reading().byIds().session(id, 1), byId));
        broker.topic("t", 1);
        assertEquals(
                ErrorCode.INCONSISTENT_TOPIC_ID, onlyError(new Reading().byIds().session(id, 2), byId));
        assertEquals(
                ErrorCode.INCONSISTENT_TOPIC_ID,
                onlyError(new Reading().byIds().session(id, 3).from(byId, 0, 0), byId));
    }

    @Test
    void aTopicIdThatWasNeverKnownStaysUnknownInTheSession() {
        TopicRef never = TopicRef.byId(new UUID(1, 2));
        int id = broker.read(new Reading().byIds().session(0, 0).from(never, 0, 0))
                .sessionId();
        assertEquals(ErrorCode.UNKNOWN_TOPIC_ID, onlyError(new Reading().byIds().session(id, 1), never));
    }

    @Test
    void outsideASessionATopicIdThatIsGoneIsUnknown() {
        TopicRef byId = TopicRef.byId(topic.id());
        broker.topics.delete(topic);
        assertEquals(ErrorCode.UNKNOWN_TOPIC_ID, onlyError(new Reading().byIds().from(byId, 0, 0), byId));
    }

    @Test
    void theLeaderEpochThatTheClientKnowsIsRefreshedWithinTheSession() {
        TopicRef t = TopicRef.byName("t");
        int id = broker.read(new Reading().session(0, 0).from(t, 0, 0, 1)).sessionId();
        assertEquals(
                ErrorCode.UNKNOWN_LEADER_EPOCH,
                broker.read(new Reading().session(id, 1)).partitions().get(0).error());
        assertEquals(
                ErrorCode.NONE,
                broker.read(new Reading().session(id, 2).from(t, 0, 0, 0))
                        .partitions()
                        .get(0)
                        .error());
    }

    @Test
    void partitionsWithRecordsMoveToTheEndSoThatNoneStarves() {
        for (int partition = 0; partition < 3; partition++) {
            broker.produce("t", partition, "p" + partition);
        }
        Reading one = new Reading()
                .atMost(1)
                .session(0, 0)
                .from("t", 0, 0)
                .from("t", 1, 0)
                .from("t", 2, 0);
        int id = broker.read(one).sessionId();
        assertEquals(List.of("p0"), incremental(id, 1));
        assertEquals(List.of("p1"), incremental(id, 2));
        assertEquals(List.of("p2"), incremental(id, 3));
        assertEquals(List.of("p0"), incremental(id, 4));
    }

    @Test
    void aRequestThatOvertakesAWaitingOneInItsSessionMakesThatInvalid() {
        int id = open(0).sessionId();
        CompletableFuture<FetchResult> waiting =
                broker.fetch(new Reading().session(id, 1).waiting(WaitingFetchTest.LONG));
        assertFalse(waiting.isDone());
        assertEquals(ErrorCode.NONE, broker.read(new Reading().session(id, 2)).error());
        broker.produce("t", 0, "a");
        assertEquals(ErrorCode.INVALID_FETCH_SESSION_EPOCH, waiting.join().error());
        assertEquals(id, waiting.join().sessionId());
        assertEquals(0, broker.logs.heldSlices());
    }

    @Test
    void whenAllPlacesAreTakenAYoungSessionIsNotEvicted() {
        open(0);
        open(0);
        FetchResult third = open(0, 1, 2);
        assertEquals(0, third.sessionId());
        assertEquals(List.of(0, 1, 2), partitions(third));
    }

    @Test
    void aSessionThatWasNotUsedForTwoMinutesGivesWay() {
        int first = open(0, 1, 2).sessionId();
        int second = open(0, 1, 2).sessionId();
        broker.time.advance(Duration.ofMinutes(2));
        assertEquals(
                ErrorCode.NONE, broker.read(new Reading().session(first, 1)).error());
        broker.time.advance(Duration.ofMillis(1));
        assertNotEquals(0, open(0).sessionId());
        assertEquals(
                ErrorCode.NONE, broker.read(new Reading().session(first, 2)).error());
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                broker.read(new Reading().session(second, 1)).error());
    }

    @Test
    void aSmallerOldSessionGivesWayToALargerOne() {
        int large = open(0, 1, 2).sessionId();
        int small = open(0).sessionId();
        broker.time.advance(Duration.ofMinutes(3));
        broker.read(new Reading().session(large, 1));
        broker.read(new Reading().session(small, 1));
        assertEquals(0, open(0).sessionId(), "not for one of the same size");
        assertNotEquals(0, open(0, 1).sessionId());
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                broker.read(new Reading().session(small, 2)).error());
        assertEquals(
                ErrorCode.NONE, broker.read(new Reading().session(large, 2)).error());
    }

    @Test
    void epochsWrapAroundToOne() {
        assertEquals(1, FetchSession.nextEpoch(0));
        assertEquals(1, FetchSession.nextEpoch(Integer.MAX_VALUE));
    }

    @Test
    void withoutPlacesThereAreNoSessions() {
        OneBroker none = new OneBroker(new FetchSettings(0, 55 << 20));
        none.topic("t", 1);
        FetchResult result = none.read(new Reading().session(0, 0).from("t", 0, 0));
        assertEquals(ErrorCode.NONE, result.error());
        assertTrue(result.sessionId() == 0);
    }

    private ErrorCode onlyError(Reading reading, TopicRef topic) {
        FetchResult result = broker.read(reading);
        assertEquals(1, result.partitions().size());
        assertEquals(topic, result.partitions().get(0).topic());
        return result.partitions().get(0).error();
    }

    private FetchResult open(int... partitions) {
        Reading reading = new Reading().session(0, 0);
        for (int partition : partitions) {
            reading.from("t", partition, 0);
        }
        return broker.read(reading);
    }

    private List<String> incremental(int id, int epoch) {
        FetchResult result = broker.read(new Reading().atMost(1).session(id, epoch));
        List<String> values = Reading.values(broker, result);
        result.release();
        return values;
    }

    private static List<Integer> partitions(FetchResult result) {
        assertEquals(ErrorCode.NONE, result.error());
        return result.partitions().stream().map(PartitionFetched::partition).toList();
    }
}
