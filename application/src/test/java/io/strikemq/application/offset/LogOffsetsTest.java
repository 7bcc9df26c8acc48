package io.strikemq.application.offset;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogOffsetsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    private final OneBroker broker = new OneBroker();

    @BeforeEach
    void createTopic() {
        broker.topic("t", 2);
    }

    @Test
    void theEarliestIsTheLogStartAndTheLatestTheHighWatermark() {
        broker.produce("t", 0, "a", "b");
        broker.produce("t", 0, "c");
        broker.deleteBefore("t", 0, 2);
        assertEquals(new OffsetFound(T0, ErrorCode.NONE, -1, 2, 0), at(OffsetQuery.EARLIEST));
        assertEquals(new OffsetFound(T0, ErrorCode.NONE, -1, 2, 0), at(OffsetQuery.EARLIEST_LOCAL));
        assertEquals(new OffsetFound(T0, ErrorCode.NONE, -1, 3, 0), at(OffsetQuery.LATEST));
    }

    @Test
    void theLatestForReadCommittedIsTheLastStableOffset() {
        broker.produce("t", 0, "a");
        long lastStable = broker.partition("t", 0).end().lastStableOffset();
        OffsetFound found = broker.offsets
                .lookUp(CLIENT, IsolationLevel.READ_COMMITTED, List.of(new OffsetQuery(T0, -1, OffsetQuery.LATEST)))
                .toCompletableFuture()
                .join()
                .get(0);
        assertEquals(lastStable, found.offset());
    }

    @Test
    void anEmptyLogHasBothEndsAtZeroAndNoRecord() {
        assertEquals(0, at(OffsetQuery.EARLIEST).offset());
        assertEquals(0, at(OffsetQuery.LATEST).offset());
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(OffsetQuery.MAX_TIMESTAMP));
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(0));
    }

    @Test
    void aTimestampFindsTheFirstRecordThatIsNotOlder() {
        append(CompressionType.NONE, 100, 110, 120);
        append(CompressionType.GZIP, 130, 140, 150);
        assertEquals(found(100, 0), at(0));
        assertEquals(found(100, 0), at(100));
        assertEquals(found(120, 2), at(111));
        assertEquals(found(130, 3), at(121));
        assertEquals(found(150, 5), at(141));
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(151));
    }

    @Test
    void timestampsNeedNotAscend() {
        append(CompressionType.NONE, 300, 100);
        append(CompressionType.NONE, 200, 400);
        assertEquals(found(300, 0), at(150));
        assertEquals(found(400, 3), at(301));
    }

    @Test
    void theMaxTimestampIsThatOfTheFirstRecordThatHasIt() {
        append(CompressionType.NONE, 100, 500);
        append(CompressionType.ZSTD, 200, 700, 700);
        append(CompressionType.NONE, 700, 300);
        assertEquals(found(700, 3), at(OffsetQuery.MAX_TIMESTAMP));
    }

    @Test
    void recordsBelowTheLogStartAreNotFound() {
        append(CompressionType.NONE, 100, 200);
        append(CompressionType.NONE, 50, 150);
        broker.deleteBefore("t", 0, 2);
        assertEquals(found(150, 3), at(60));
    }

    @Test
    void theMaxTimestampIsThatOfARecordThatIsStillThere() {
        append(CompressionType.NONE, 900, 500, 400);
        append(CompressionType.GZIP, 300, 600);
        append(CompressionType.NONE, 450);
        OffsetFound[] latestFrom = {
            found(900, 0), found(600, 4), found(600, 4), found(600, 4), found(600, 4), found(450, 5)
        };
        for (int start = 0; start < latestFrom.length; start++) {
            broker.deleteBefore("t", 0, start);
            assertEquals(latestFrom[start], at(OffsetQuery.MAX_TIMESTAMP), "start " + start);
        }
        broker.deleteBefore("t", 0, 6);
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(OffsetQuery.MAX_TIMESTAMP));
    }

    @Test
    void ofABatchWhoseLatestRecordIsDeletedTheOthersCount() {
        append(CompressionType.NONE, 900, 500, 400);
        append(CompressionType.NONE, 500);
        broker.deleteBefore("t", 0, 1);
        assertEquals(found(500, 1), at(OffsetQuery.MAX_TIMESTAMP));
    }

    @Test
    void aDeletionInTheMidstOfASearchMakesItBeginAgain() {
        append(CompressionType.NONE, 900);
        append(CompressionType.NONE, 500);
        append(CompressionType.NONE, 600);
        broker.logs.beforeNextRead(() -> broker.deleteBefore("t", 0, 1));
        assertEquals(found(600, 2), at(OffsetQuery.MAX_TIMESTAMP));

        broker.logs.beforeNextRead(() -> broker.deleteBefore("t", 0, 2));
        assertEquals(found(600, 2), at(400));
    }

    @Test
    void aRecordThatComesInTheMidstOfASearchIsAsGoodAsThoseBefore() {
        append(CompressionType.NONE, 500);
        broker.logs.beforeNextRead(() -> append(CompressionType.NONE, 700));
        assertEquals(found(500, 0), at(OffsetQuery.MAX_TIMESTAMP));
        assertEquals(found(700, 1), at(OffsetQuery.MAX_TIMESTAMP));
    }

    @Test
    void ofABatchThatIsCutTheTimestampOfADeletedRecordFindsALaterBatch() {
        append(CompressionType.NONE, 900, 500);
        append(CompressionType.NONE, 600);
        append(CompressionType.NONE, 800);
        broker.deleteBefore("t", 0, 1);
        assertEquals(found(800, 3), at(700));
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(850));
    }

    @Test
    void withoutTieredStorageItsOffsetsAreUnknown() {
        broker.produce("t", 0, "a");
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(OffsetQuery.LATEST_TIERED));
        assertEquals(OffsetFound.nothing(T0, ErrorCode.NONE), at(OffsetQuery.EARLIEST_PENDING_UPLOAD));
    }

    @Test
    void anUnknownSpecialTimestampIsRefused() {
        assertEquals(OffsetFound.nothing(T0, ErrorCode.UNSUPPORTED_VERSION), at(-7));
        assertEquals(OffsetFound.nothing(T0, ErrorCode.UNSUPPORTED_VERSION), at(OffsetQuery.UNSUPPORTED));
        TopicPartition absent = new TopicPartition("absent", 0);
        assertEquals(
                List.of(OffsetFound.nothing(absent, ErrorCode.UNSUPPORTED_VERSION)),
                broker.offsets
                        .lookUp(
                                OneBroker.CLIENT,
                                IsolationLevel.READ_UNCOMMITTED,
                                List.of(new OffsetQuery(absent, -1, -7)))
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void partitionsAndEpochsThatAreUnknownHaveTheirErrors() {
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                lookUp(new TopicPartition("t", 5), -1).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                lookUp(new TopicPartition("other", 0), -1).error());
        assertEquals(ErrorCode.NONE, lookUp(T0, 0).error());
        assertEquals(ErrorCode.UNKNOWN_LEADER_EPOCH, lookUp(T0, 1).error());
    }

    @Test
    void aPartitionAskedForTwiceIsAnInvalidRequestInOneRow() {
        List<OffsetFound> found = broker.offsets
                .lookUp(
                        CLIENT,
                        IsolationLevel.READ_UNCOMMITTED,
                        List.of(
                                new OffsetQuery(T0, -1, OffsetQuery.LATEST),
                                new OffsetQuery(new TopicPartition("t", 1), -1, OffsetQuery.LATEST),
                                new OffsetQuery(T0, -1, OffsetQuery.EARLIEST)))
                .toCompletableFuture()
                .join();
        assertEquals(
                List.of(ErrorCode.INVALID_REQUEST, ErrorCode.NONE),
                found.stream().map(OffsetFound::error).toList());
    }

    @Test
    void theCurrentEpochEndsAtTheLogEndAndAFutureOneIsUnknown() {
        broker.produce("t", 0, "a", "b");
        assertEquals(new EpochEndOffset(T0, ErrorCode.NONE, 0, 2), epoch(-1, 0));
        assertEquals(new EpochEndOffset(T0, ErrorCode.NONE, -1, -1), epoch(-1, 1));
        assertEquals(new EpochEndOffset(T0, ErrorCode.NONE, -1, -1), epoch(-1, -1));
        assertEquals(new EpochEndOffset(T0, ErrorCode.UNKNOWN_LEADER_EPOCH, -1, -1), epoch(3, 0));
    }

    @Test
    void epochsOfUnknownPartitionsAreErrors() {
        EpochQuery query = new EpochQuery(new TopicPartition("t", 9), -1, 0);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.offsets
                        .endOfEpochs(CLIENT, List.of(query))
                        .toCompletableFuture()
                        .join()
                        .get(0)
                        .error());
    }

    private void append(CompressionType compression, long... timestamps) {
        Batch batch = new Batch(0).compressed(compression);
        for (long timestamp : timestamps) {
            batch.record(timestamp, "at " + timestamp);
        }
        assertEquals(
                ErrorCode.NONE,
                broker.produce("t", 0, batch.build(broker.codecs)).error());
    }

    private OffsetFound at(long timestamp) {
        return broker.offsets
                .lookUp(CLIENT, IsolationLevel.READ_UNCOMMITTED, List.of(new OffsetQuery(T0, -1, timestamp)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private OffsetFound lookUp(TopicPartition partition, int leaderEpoch) {
        OffsetQuery query = new OffsetQuery(partition, leaderEpoch, OffsetQuery.LATEST);
        return broker.offsets
                .lookUp(CLIENT, IsolationLevel.READ_UNCOMMITTED, List.of(query))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private EpochEndOffset epoch(int current, int asked) {
        return broker.offsets
                .endOfEpochs(CLIENT, List.of(new EpochQuery(T0, current, asked)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private static OffsetFound found(long timestamp, long offset) {
        return new OffsetFound(T0, ErrorCode.NONE, timestamp, offset, 0);
    }
}
