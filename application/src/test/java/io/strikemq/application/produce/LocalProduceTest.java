package io.strikemq.application.produce;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LocalProduceTest {
    private final OneBroker broker = new OneBroker();

    @Test
    void offsetsAreDenseAndTheHighWatermarkIsTheNextOffset() {
        broker.topic("t", 1);
        assertEquals(0, broker.produce("t", 0, "a", "b", "c").baseOffset());
        PartitionProduced second = broker.produce("t", 0, "d");
        assertEquals(ErrorCode.NONE, second.error());
        assertEquals(3, second.baseOffset());
        assertEquals(0, second.logStartOffset());
        assertEquals(-1, second.logAppendTime());
        assertEquals(4, broker.partition("t", 0).end().highWatermark());
        assertEquals(List.of("a", "b", "c", "d"), Reading.values(broker, broker.read(new Reading().from("t", 0, 0))));
    }

    @Test
    void aTopicCanBeNamedByIdAndTheAnswerNamesItTheSameWay() {
        Topic topic = broker.topic("t", 1);
        TopicRef byId = TopicRef.byId(topic.id());
        PartitionProduced answer = broker.produce(CLIENT, byId, 0, batch("a"));
        assertEquals(ErrorCode.NONE, answer.error());
        assertEquals(byId, answer.topic());
    }

    @Test
    void whatIsNotThereHasTheErrorThatFitsHowItWasNamed() {
        Topic topic = broker.topic("t", 1);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.produce("other", 0, batch("a")).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.produce("t", 1, batch("a")).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.produce("t", -1, batch("a")).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.produce(CLIENT, TopicRef.byId(topic.id()), 1, batch("a")).error());
        TopicRef unknownId = TopicRef.byId(broker.identifiers.newUuid());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_ID,
                broker.produce(CLIENT, unknownId, 0, batch("a")).error());
    }

    @Test
    void ofAPartitionThatIsNamedTwiceOnlyTheLastRecordsCountAsInKafka() {
        broker.topic("t", 2);
        TopicRef t = TopicRef.byName("t");
        List<PartitionProduced> answers = broker.produceAll(
                CLIENT,
                List.of(
                        new PartitionRecords(t, 1, batch("first")),
                        new PartitionRecords(t, 0, batch("other")),
                        new PartitionRecords(t, 1, batch("last"))));
        assertEquals(
                List.of(1, 0),
                answers.stream().map(PartitionProduced::partition).toList());
        assertEquals(0, answers.get(0).baseOffset());
        assertEquals(List.of("last"), Reading.values(broker, broker.read(new Reading().from("t", 1, 0))));
        assertEquals(List.of("other"), Reading.values(broker, broker.read(new Reading().from("t", 0, 0))));
    }

    /** As Kafka, which tells it of all failures but those that it expects of clients. */
    @Test
    void aRefusalTellsWhereTheLogStartsUnlessTheBatchIsDamagedOrTooLarge() {
        broker.topic("t", 1);
        assertEquals(0, refused(ErrorCode.INVALID_RECORD, 23, 0xff), "an impossible last offset");
        assertEquals(-1, refused(ErrorCode.CORRUPT_MESSAGE, 17, 1), "another CRC");
        assertEquals(-1, refused(ErrorCode.INVALID_RECORD, 16, 3), "a format that the request may not carry");
    }

    private long refused(ErrorCode error, int at, int value) {
        ByteBuffer batch = batch("a");
        batch.put(at, (byte) (batch.get(at) ^ value));
        if (at > 17) {
            CRC32C crc = new CRC32C();
            crc.update(batch.duplicate().position(21));
            batch.putInt(17, (int) crc.getValue());
        }
        PartitionProduced answer = broker.produce("t", 0, batch);
        assertEquals(error, answer.error());
        return answer.logStartOffset();
    }

    @Test
    void onlyTheAdminClientProducesToInternalTopics() {
        broker.topic(Topic.CONSUMER_OFFSETS, 1);
        assertEquals(
                ErrorCode.INVALID_TOPIC_EXCEPTION,
                broker.produce(Topic.CONSUMER_OFFSETS, 0, batch("a")).error());
        RequestContext admin =
                new RequestContext(1, "PLAINTEXT", RequestContext.ANONYMOUS, "__admin_client", "/127.0.0.1");
        TopicRef offsets = TopicRef.byName(Topic.CONSUMER_OFFSETS);
        assertEquals(
                ErrorCode.NONE, broker.produce(admin, offsets, 0, batch("a")).error());
    }

    @Test
    void aFullDiskIsThatPartitionsErrorAndNothingElseAndGoesAway() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a");
        broker.logs.fillDisk();
        PartitionProduced refused = broker.produce("t", 0, sequenced(0));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        assertEquals(-1, refused.baseOffset());
        assertEquals(1, broker.partition("t", 0).end().highWatermark());
        broker.logs.repair();
        assertEquals(1, broker.produce("t", 0, sequenced(0)).baseOffset(), "the producer's state did not move");
        assertEquals(2, broker.produce("t", 0, sequenced(1)).baseOffset());
    }

    @Test
    void oneBadPartitionDoesNotTouchTheOthersAndAnswersKeepTheOrder() {
        broker.topic("t", 2);
        TopicRef topic = TopicRef.byName("t");
        ByteBuffer corrupt = batch("x");
        corrupt.put(corrupt.limit() - 1, (byte) (corrupt.get(corrupt.limit() - 1) + 1));
        List<PartitionProduced> answers = broker.produceAll(
                CLIENT,
                List.of(
                        new PartitionRecords(topic, 1, corrupt),
                        new PartitionRecords(topic, 7, batch("y")),
                        new PartitionRecords(topic, 0, batch("z"))));
        assertEquals(
                List.of(ErrorCode.CORRUPT_MESSAGE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE),
                answers.stream().map(PartitionProduced::error).toList());
        assertEquals(
                List.of(1, 7, 0),
                answers.stream().map(PartitionProduced::partition).toList());
        assertEquals(List.of("z"), Reading.values(broker, broker.read(new Reading().from("t", 0, 0))));
    }

    @Test
    void aBugIsAnUnknownServerErrorOfThatPartitionAndLoggedWithItsStack() {
        broker.topic("t", 1);
        broker.logs.failWith(() -> new IllegalStateException("a bug, made for this test"));
        try (LogLines log = new LogLines(LocalProduce.class)) {
            assertEquals(
                    ErrorCode.UNKNOWN_SERVER_ERROR, broker.produce("t", 0, "a").error());
            assertEquals(1, log.records().size());
            assertInstanceOf(IllegalStateException.class, log.records().get(0).getThrown());
        }
        broker.logs.repair();
        assertEquals(0, broker.produce("t", 0, "a").baseOffset());
    }

    @Test
    void recordsOfANewRequestMustBeThere() {
        broker.topic("t", 1);
        PartitionProduced answer = broker.produce("t", 0, (ByteBuffer) null);
        assertEquals(ErrorCode.INVALID_RECORD, answer.error());
        assertNotNull(answer.message());
    }

    @Test
    void oldClientsMaySendNothingAtAll() {
        broker.topic("t", 1);
        PartitionProduced answer = broker.produce
                .produce(CLIENT, command(null, Formats.ANY, ByteBuffer.allocate(0)))
                .toCompletableFuture()
                .join()
                .get(0);
        assertEquals(ErrorCode.NONE, answer.error());
        assertEquals(-1, answer.baseOffset());
    }

    @Test
    void transactionalBatchesAreRefusedWithoutATransactionalIdOrATransaction() {
        broker.topic("t", 1);
        ByteBuffer batch = transactional();
        assertEquals(
                ErrorCode.INVALID_TXN_STATE,
                produceWith("a-transactional-id", batch).error());
        assertEquals(
                ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                produceWith(null, transactional()).error());
        assertEquals(0, broker.partition("t", 0).end().highWatermark());
        assertEquals(
                ErrorCode.NONE,
                produceWith("a-transactional-id", batch("plain")).error());
    }

    @Test
    void aTopicThatStampsRecordsAnswersTheTime() {
        broker.topic("t", 1);
        broker.settings(stamping());
        time(5000);
        PartitionProduced answer = broker.produce("t", 0, batch("a"));
        assertEquals(broker.time.wallClockMillis(), answer.logAppendTime());
    }

    @Test
    void minInsyncReplicasBeyondTheReplicationFactorDoesNotRefuseAsInKafka() {
        broker.topic("t", 1);
        TopicSettings d = OneBroker.KAFKA_DEFAULTS;
        broker.settings(new TopicSettings(
                d.maxMessageBytes(),
                d.timestampType(),
                d.timestampBeforeMaxMs(),
                d.timestampAfterMaxMs(),
                d.compression(),
                d.cleanupPolicies(),
                2,
                d.segmentBytes(),
                d.indexIntervalBytes(),
                d.life(),
                d.compaction()));
        assertEquals(ErrorCode.NONE, broker.produce("t", 0, "a").error());
    }

    @Test
    void recordErrorsCarryTheLogStartOffsetAndSizeErrorsDoNot() {
        broker.topic("t", 1);
        broker.settings(limited(Set.of("compact"), 150));
        PartitionProduced keyless = broker.produce("t", 0, "a");
        assertEquals(ErrorCode.INVALID_RECORD, keyless.error());
        assertEquals(1, keyless.recordErrors().size());
        assertEquals(0, keyless.logStartOffset());
        PartitionProduced large = broker.produce("t", 0, "x".repeat(200));
        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, large.error());
        assertEquals(-1, large.logStartOffset());
    }

    @Test
    void theAnswerIsCompleteWhenTheCallReturns() {
        broker.topic("t", 1);
        assertTrue(broker.produce
                .produce(CLIENT, command(null, Formats.V2, batch("a")))
                .toCompletableFuture()
                .isDone());
    }

    private PartitionProduced produceWith(String transactionalId, ByteBuffer batch) {
        return broker.produce
                .produce(CLIENT, command(transactionalId, Formats.V2, batch))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private static ProduceCommand command(String transactionalId, Formats formats, ByteBuffer batch) {
        List<PartitionRecords> records = List.of(new PartitionRecords(TopicRef.byName("t"), 0, batch));
        Transaction transaction = transactionalId == null
                ? null
                : new Transaction(transactionalId, TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING);
        return new ProduceCommand(Acks.ALL, Duration.ofSeconds(30), transaction, formats, records);
    }

    private ByteBuffer batch(String... values) {
        return new Batch(broker.time.wallClockMillis()).records(values).build(broker.codecs);
    }

    private ByteBuffer sequenced(int sequence) {
        return new Batch(broker.time.wallClockMillis())
                .producer(7, 0, sequence)
                .records("s")
                .build(broker.codecs);
    }

    private ByteBuffer transactional() {
        return new Batch(broker.time.wallClockMillis())
                .producer(7, 0, 0)
                .transactional()
                .records("s")
                .build(broker.codecs);
    }

    private void time(int millis) {
        broker.time.advance(Duration.ofMillis(millis));
    }

    private static TopicSettings stamping() {
        TopicSettings d = OneBroker.KAFKA_DEFAULTS;
        return new TopicSettings(
                d.maxMessageBytes(),
                TimestampType.LOG_APPEND_TIME,
                d.timestampBeforeMaxMs(),
                d.timestampAfterMaxMs(),
                d.compression(),
                d.cleanupPolicies(),
                1,
                d.segmentBytes(),
                d.indexIntervalBytes(),
                d.life(),
                d.compaction());
    }

    private static TopicSettings limited(Set<String> cleanupPolicies, int maxMessageBytes) {
        TopicSettings d = OneBroker.KAFKA_DEFAULTS;
        return new TopicSettings(
                maxMessageBytes,
                d.timestampType(),
                d.timestampBeforeMaxMs(),
                d.timestampAfterMaxMs(),
                d.compression(),
                cleanupPolicies,
                1,
                d.segmentBytes(),
                d.indexIntervalBytes(),
                d.life(),
                d.compaction());
    }
}
