package io.strikemq.bootstrap.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.put.BatchToPut;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.domain.put.RecordsPut;
import io.strikemq.domain.record.CompressionType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test puts into a topic is what Kafka's own consumer reads; and what is exported can be imported elsewhere. */
@Timeout(120)
class PutRecordsTest {
    /** What a running broker marks its directory with. */
    private static final Set<String> OF_THE_PROCESS = Set.of(".lock", ".owner");

    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Broker> brokers = new ArrayList<>();

    private Broker start(String storage, String name) {
        Map<String, String> settings = Map.of(
                "port", "0",
                "http_port", "0",
                "storage", storage,
                "log_dir", folder.resolve(name).toString(),
                "num_partitions", "2");
        Broker broker = Broker.start(new ConfigurationLoader(Set.of()).load(null, Map.of(), settings));
        brokers.add(broker);
        return broker;
    }

    @AfterEach
    void stop() {
        brokers.forEach(Broker::close);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Broker broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:" + broker.listeners().get(0).port(), "auto.offset.reset", "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** All records of the topic's two partitions, as a consumer sees them. */
    private static List<String> read(Broker broker, int count) {
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            for (int partition = 0; partition < 2; partition++) {
                consumer.assign(List.of(new TopicPartition("t", partition)));
                long end = consumer.endOffsets(consumer.assignment()).get(new TopicPartition("t", partition));
                while (consumer.position(new TopicPartition("t", partition)) < end) {
                    consumer.poll(Duration.ofMillis(50)).forEach(record -> read.add(shown(record)));
                }
            }
        }
        assertEquals(count, read.size());
        return read;
    }

    private static String shown(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map((Header header) -> header.key() + "=" + Arrays.toString(header.value()))
                .toList();
        return record.partition() + " " + record.offset() + " " + record.timestamp() + " "
                + Arrays.toString(record.key()) + " " + Arrays.toString(record.value()) + " " + headers;
    }

    private HttpResponse<String> call(Broker broker, String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aConsumerReadsAcrossGapsWithAnyTimestampsKeysAndHeaders(String storage) {
        Broker broker = start(storage, "one");
        PutRecords records = broker.powers().records();
        records.put("t", RecordToPut.of("first").key("k").timestamp(0).header("h", "x"));
        RecordsPut far = records.put(
                "t",
                RecordToPut.of(new byte[] {(byte) 0xff}).at(5_000_000_000L).timestamp(-1),
                RecordToPut.tombstone().at(5_000_000_007L));
        assertEquals(List.of(5_000_000_000L, 5_000_000_007L), List.of(far.baseOffset(), far.lastOffset()));
        records.put("t", BatchToPut.of(RecordToPut.of("packed")).compressed(CompressionType.GZIP));
        records.put("t", BatchToPut.of(RecordToPut.of("other").timestamp(7)).partition(1));
        List<String> read = read(broker, 5);
        assertEquals("0 0 0 [107] [102, 105, 114, 115, 116] [h=[120]]", read.get(0));
        assertEquals("0 5000000000 -1 null [-1] []", read.get(1));
        assertTrue(read.get(2).startsWith("0 5000000007 "), read.get(2));
        assertTrue(read.get(2).endsWith(" null null []"), read.get(2));
        assertTrue(read.get(3).startsWith("0 5000000008 "), read.get(3));
        assertEquals("1 0 7 null [111, 116, 104, 101, 114] []", read.get(4));
        BrokerException back = assertThrows(
                BrokerException.class,
                () -> records.put("t", RecordToPut.of("back").at(3)));
        assertEquals(ErrorCode.INVALID_REQUEST, back.error());
        assertTrue(back.getMessage().contains("the next one is 5000000009"), back.getMessage());
        assertThrows(BrokerException.class, () -> records.put("__consumer_offsets", RecordToPut.of("mine")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aConsumerMeetsACorruptRecordAndGoesOnBehindIt(String storage) {
        Broker broker = start(storage, "one");
        putACorruptOne(broker);
        meetsTheCorruptOne(broker);
    }

    private static void putACorruptOne(Broker broker) {
        PutRecords records = broker.powers().records();
        records.put("t", RecordToPut.of("good"));
        records.put("t", BatchToPut.of(RecordToPut.of("bad")).corrupt());
        records.put("t", RecordToPut.of("behind"));
    }

    private static void meetsTheCorruptOne(Broker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            consumer.assign(List.of(T0));
            List<Long> offsets = new ArrayList<>();
            KafkaException corrupt = assertThrows(KafkaException.class, () -> {
                while (true) {
                    consumer.poll(Duration.ofMillis(50)).forEach(record -> offsets.add(record.offset()));
                }
            });
            assertTrue(
                    corrupt.getCause().getMessage().contains("Record is corrupt"),
                    corrupt.getCause().toString());
            assertEquals(List.of(0L), offsets);
            consumer.seek(T0, 2);
            while (offsets.size() < 2) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> offsets.add(record.offset()));
            }
            assertEquals(List.of(0L, 2L), offsets);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void whatIsExportedIsEqualWhereItIsImported(String storage) throws Exception {
        Broker one = start(storage, "one");
        PutRecords records = one.powers().records();
        records.put(
                "t",
                RecordToPut.of("\"\\\u0001ü")
                        .key("")
                        .timestamp(5)
                        .header("h", (String) null)
                        .header("h", new byte[] {-1}));
        records.put(
                "t",
                RecordToPut.tombstone().key(new byte[] {(byte) 0xc3}).at(100).timestamp(-1));
        records.put(
                "t",
                BatchToPut.of(
                                RecordToPut.of("b").timestamp(1),
                                RecordToPut.of("c").timestamp(2))
                        .partition(1));
        Path file = folder.resolve("t.ndjson");
        assertEquals(4, records.exportTo("t", file));

        Broker two = start(storage, "two");
        assertEquals(
                4,
                two.powers().records().importFrom("t", file, ImportOffsets.KEPT).recordCount());
        List<String> read = read(one, 4);
        assertEquals(read, read(two, 4));

        Broker three = start(storage, "three");
        HttpResponse<String> exported = call(two, "GET", "/v1/topics/t/export", null);
        assertEquals(
                "application/x-ndjson;charset=utf-8",
                exported.headers().firstValue("Content-Type").orElseThrow());
        HttpResponse<String> imported = call(three, "POST", "/v1/topics/t/import", exported.body());
        assertEquals("{\"topic\":\"t\",\"record_count\":4}", imported.body());
        assertEquals(read, read(three, 4));
        call(three, "POST", "/v1/topics/t/import?offsets=append", exported.body());
        assertEquals(8, read(three, 8).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aCorruptBatchIsExportedAsItIs(String storage) throws Exception {
        Broker one = start(storage, "one");
        putACorruptOne(one);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        one.powers().records().exportTo("t", lines);
        Broker two = start(storage, "two");
        two.powers().records().importFrom("t", new ByteArrayInputStream(lines.toByteArray()), ImportOffsets.KEPT);
        meetsTheCorruptOne(two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aBrokenLineIsNamedAndWhatCameBeforeItStays(String storage) throws Exception {
        Broker broker = start(storage, "one");
        String lines = "{\"value\":\"a\"}\n\n{\"value\":\"b\"}\n{\"valu\":\"c\"}\n{\"value\":\"d\"}\n";
        HttpResponse<String> answer = call(broker, "POST", "/v1/topics/t/import", lines);
        assertEquals(400, answer.statusCode());
        assertEquals(
                "{\"error\":\"line 4: 'valu' is no field of a record; the 2 records before it are imported\"}",
                answer.body());
        read(broker, 2);
        BrokerException again = assertThrows(
                BrokerException.class,
                () -> broker.powers()
                        .records()
                        .importFrom(
                                "t",
                                new ByteArrayInputStream("{\"value\":1}\n{\"value\":2,\"partition\":2}"
                                        .getBytes(StandardCharsets.UTF_8)),
                                ImportOffsets.APPENDED));
        assertTrue(again.getMessage().contains("topic 't' has no partition 2"), again.getMessage());
    }

    @Test
    void aCorruptBatchSurvivesARestart() {
        Broker broker = start("mmap", "one");
        putACorruptOne(broker);
        broker.close();
        meetsTheCorruptOne(start("mmap", "one"));
    }

    @Test
    void aCorruptBatchSurvivesADeathOfTheProcess() throws Exception {
        putACorruptOne(start("mmap", "one"));
        // What lies there at this moment is what a process that is killed leaves.
        Path left = folder.resolve("left");
        try (Stream<Path> all = Files.walk(folder.resolve("one"))) {
            for (Path each : all.filter(
                            path -> !OF_THE_PROCESS.contains(path.getFileName().toString()))
                    .toList()) {
                Files.copy(each, left.resolve(folder.resolve("one").relativize(each)));
            }
        }
        meetsTheCorruptOne(start("mmap", "left"));
    }
}
