package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peek shows of batches that clients wrote. */
class PeekTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
        rest.topics.with("t", 2);
    }

    @AfterEach
    void stop() {
        rest.close();
        assertEquals(0, rest.topics.unreleased(), "slices that nobody released");
    }

    @Test
    void aPeekInTheMiddleOfABatchBeginsAtTheOffsetAskedFor() {
        append("a", "b", "c");
        append("d", "e");
        assertEquals("[1:b, 2:c, 3:d]", peek("?offset=1&limit=3"));
        assertEquals("[4:e]", peek("?offset=4"));
    }

    @Test
    void atTheEndAndBeyondItThereIsNothing() {
        append("a");
        assertEquals("[]", rest.get("/v1/topics/t/messages?offset=1").body());
        assertEquals(
                "[]",
                rest.get("/v1/topics/t/messages?offset=9223372036854775807").body());
        assertEquals("[]", rest.get("/v1/topics/t/messages?partition=1").body());
    }

    @Test
    void aTrimmedLogIsShownFromItsStart() {
        append("a");
        append("b", "c");
        rest.topics.trim("t", 0, 1);
        assertEquals("[1:b, 2:c]", peek(""));
    }

    @Test
    void aStartInsideABatchHidesTheRecordsBefore() {
        append("a", "b", "c");
        rest.topics.trim("t", 0, 2);
        assertEquals("[2:c]", peek(""));
    }

    @Test
    void tenMessagesAreShownUnlessMoreAreAskedForAndAThousandAtTheMost() {
        for (int batch = 0; batch < 1100; batch += 20) {
            append("x".repeat(20).split(""));
        }
        assertEquals(10, count(""));
        assertEquals(1000, count("?limit=1000"));
        assertEquals(1, count("?limit=1"));
        assertEquals(400, rest.get("/v1/topics/t/messages?limit=1001").statusCode());
    }

    @Test
    void controlBatchesAreNotShown() {
        append("a");
        ByteBuffer marker = bytes("marker");
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder().control().append(1, marker, marker).build(rest.codecs));
        append("b");
        assertEquals("[0:a, 2:b]", peek(""));
    }

    @Test
    void whoAsksForCommittedRecordsIsShownNeitherAbortedNorOpenOnes() {
        append("a");
        transactional(7, "aborted");
        transactional(8, "committed");
        append("b");
        transactional(9, "open");
        append("c");
        rest.topics.aborted = List.of(new PartitionFetched.AbortedTransaction(7, 1));
        rest.topics.lastStableOffset = 4;

        assertEquals("[0:a, 2:committed, 3:b]", peek("?isolation=read_committed"));
        assertEquals("[3:b]", peek("?isolation=read_committed&offset=3"));
        assertEquals("[]", peek("?isolation=read_committed&offset=4"));
        String all = "[0:a, 1:aborted, 2:committed, 3:b, 4:open, 5:c]";
        assertEquals(all, peek("?isolation=read_uncommitted"));
        assertEquals(all, peek(""));
    }

    private void transactional(long producer, String value) {
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder()
                        .producer(new ProducerIdentity(producer, (short) 0), 0)
                        .transactional()
                        .append(1, null, bytes(value))
                        .build(rest.codecs));
    }

    @Test
    void whatCompactionHasLeftIsShownAtItsOffsetsAndTimes() {
        append("a");
        RecordBatch before = new RecordBatch(
                new RecordBatchBuilder()
                        .at(1, 0)
                        .append(5, bytes("k"), bytes("gone"))
                        .append(6, bytes("k"), bytes("left"))
                        .append(7, bytes("l"), bytes("gone"))
                        .build(rest.codecs),
                0);
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder()
                        .like(before)
                        .deleteHorizon(1_000_000)
                        .appendAt(2, 6, bytes("k"), bytes("left"), List.of())
                        .build(rest.codecs));
        rest.topics.append("t", 0, before.withoutRecords());
        append("b");
        String left = "{\"offset\":2, \"timestamp\":6, \"key\":\"k\", \"value\":\"left\"}";
        assertEquals("[0:a, " + left + ", 7:b]", peek(""));
        assertEquals("[" + left + ", 7:b]", peek("?offset=1"));
        assertEquals("[7:b]", peek("?offset=4"));
    }

    @Test
    void compressedBatchesAreShownAsPlainOnes() {
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder()
                        .compression(CompressionType.GZIP)
                        .append(5, bytes("k"), bytes("zipped"))
                        .build(rest.codecs));
        assertEquals(
                "[{\"offset\":0,\"timestamp\":5,\"key\":\"k\",\"value\":\"zipped\"}]",
                rest.get("/v1/topics/t/messages").body());
    }

    @Test
    void bytesThatAreNotTextAreShownInBase64AndSayIt() {
        ByteBuffer binary = ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0, 1});
        List<RecordHeader> headers = List.of(
                new RecordHeader("plain", bytes("v")),
                new RecordHeader("binary", binary),
                new RecordHeader("none", null));
        rest.topics.append(
                "t",
                0,
                new RecordBatchBuilder().append(5, binary, null, headers).build(rest.codecs));
        assertEquals("""
                [{"offset":0,"timestamp":5,"key":"/wAB","value":null,"key_encoding":"base64","headers":[\
                {"key":"plain","value":"v"},{"key":"binary","value":"/wAB","value_encoding":"base64"},\
                {"key":"none","value":null}]}]""", rest.get("/v1/topics/t/messages").body());
    }

    @Test
    void aLargeAnswerEndsEarlyAfterAWholeMessage() {
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            append(megabyte);
        }
        assertEquals(16, count("?limit=1000"));
        assertTrue(rest.topics.fetches <= 17, "it read on after it had enough");
    }

    @Test
    void aBatchThatCannotBeReadIsTheBrokersFault() {
        ByteBuffer batch = new RecordBatchBuilder().append(1, null, bytes("a")).build(rest.codecs);
        batch.put(61, (byte) 0x7F);
        batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, batch.remaining()));
        rest.topics.append("t", 0, batch);
        assertEquals(500, rest.get("/v1/topics/t/messages").statusCode());
        assertTrue(rest.get("/v1/topics/t/messages").body().startsWith("{\"error\":\"the batch of t-0 at offset 0"));
    }

    @Test
    void damagedMessagesAreNeverShown() {
        append("a");
        ByteBuffer damaged =
                new RecordBatchBuilder().append(1, null, bytes("good")).build(rest.codecs);
        damaged.put(damaged.limit() - 2, (byte) 'X');
        rest.topics.append("t", 0, damaged);
        append("c");
        assertEquals("[0:a]", peek(""), "messages are served up to the damage");
        assertEquals("[2:c]", peek("?offset=2"));
        assertEquals(500, rest.get("/v1/topics/t/messages?offset=1").statusCode());
        assertEquals(
                "{\"error\":\"the messages of t-0 from offset 1 on are damaged on disk: the broker's log says how many, "
                        + "later offsets can be read\"}",
                rest.get("/v1/topics/t/messages?offset=1").body());
    }

    @Test
    void whatTheBrokerCannotReadHasAReason() {
        append("a");
        rest.fetchFails(ErrorCode.CORRUPT_MESSAGE);
        assertEquals(500, rest.get("/v1/topics/t/messages").statusCode());
        assertTrue(rest.get("/v1/topics/t/messages").body().contains("from offset 0 on are damaged on disk"));
    }

    private void append(String... values) {
        RecordBatchBuilder batch = new RecordBatchBuilder();
        for (String value : values) {
            batch.append(1, null, bytes(value));
        }
        rest.topics.append("t", 0, batch.build(rest.codecs));
    }

    /** Offsets and values of a peek, as {@code [0:a, 1:b]}. */
    private String peek(String query) {
        return rest.get("/v1/topics/t/messages" + query)
                .body()
                .replaceAll("\\{\"offset\":(\\d+),\"timestamp\":1,\"key\":null,\"value\":\"([^\"]*)\"}", "$1:$2")
                .replace(",", ", ");
    }

    /** How many messages an answer has, in JSON. */
    private int count(String query) {
        return rest.get("/v1/topics/t/messages" + query).body().split("\"offset\"", -1).length - 1;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
