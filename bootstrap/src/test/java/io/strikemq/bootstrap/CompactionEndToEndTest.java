package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's clients on compacted topics of a whole broker. */
@Timeout(120)
class CompactionEndToEndTest {
    private static final TopicPartition TABLE = new TopicPartition("table", 0);

    @TempDir
    Path folder;

    private Broker start(String storage) {
        Map<String, String> settings = Map.of(
                "port", "0",
                "http_port", "0",
                "bind_address", "127.0.0.1",
                "log_dir", folder.toString(),
                "storage", storage,
                "log.cleaner.backoff.ms", "20");
        return Broker.start(new ConfigurationLoader(TopicDefaultNames.all()).load(null, Map.of(), settings));
    }

    private static Map<String, Object> client(Broker broker, Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put(
                "bootstrap.servers", "127.0.0.1:" + broker.listeners().get(0).port());
        return configs;
    }

    @Test
    void whatIsLeftIsReadAlsoAfterARestart() throws Exception {
        List<String> left = List.of("3 c=1", "4 b=2", "7 a=3", "8 d=null");
        try (Broker broker = start("mmap")) {
            create(broker, Map.of("cleanup.policy", "compact"));
            produce(broker);
            assertContains("\"compacted_to\":10,\"records_removed\":4", compact(broker, "table"));
            assertEquals(left, read(broker));
            commitAHundredTimes(broker);
            assertContains("\"records_removed\":99", compact(broker, "__consumer_offsets"));
            assertContains("\"records_kept\":1,", compact(broker, "__transaction_state"));
        }
        try (Broker broker = start("mmap")) {
            assertEquals(left, read(broker));
            assertEquals(100, committed(broker));
            goOnWithTheTransactionalId(broker);
            assertEquals("10 e=1", read(broker).get(left.size()));
            try (Admin admin = Admin.create(client(broker, Map.of()))) {
                assertEquals(12, offset(admin, OffsetSpec.latest()));
                assertEquals(0, offset(admin, OffsetSpec.earliest()));
                assertEquals(3, offset(admin, OffsetSpec.forTimestamp(1)));
                assertTrue(offset(admin, OffsetSpec.maxTimestamp()) >= 7);
            }
        }
    }

    @Test
    void theBackgroundDoesItByItself() throws Exception {
        for (String storage : List.of("mmap", "memory")) {
            try (Broker broker = start(storage)) {
                create(
                        broker,
                        Map.of("cleanup.policy", "compact", "segment.ms", "1", "min.cleanable.dirty.ratio", "0"));
                try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
                    for (long time = 1000; time < 1020; time += 10) {
                        producer.send(new ProducerRecord<>("table", 0, time, "a", "" + time))
                                .get(30, TimeUnit.SECONDS);
                    }
                    producer.send(new ProducerRecord<>("table", 0, 2000L, "b", "end"))
                            .get(30, TimeUnit.SECONDS);
                }
                while (read(broker).size() > 2) {
                    Thread.onSpinWait();
                }
                assertEquals(List.of("1 a=1010", "2 b=end"), read(broker));
                try (Admin admin = Admin.create(client(broker, Map.of()))) {
                    admin.deleteTopics(List.of("table")).all().get(30, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static void create(Broker broker, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(client(broker, Map.of()))) {
            admin.createTopics(List.of(new NewTopic("table", 1, (short) 1).configs(configs)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(Broker broker, Map<String, Object> configs) {
        return new KafkaProducer<>(client(broker, configs), new StringSerializer(), new StringSerializer());
    }

    /** At 0 to 4 plain records, at 5 an aborted one and its marker, at 7 and 8 committed ones and their marker. */
    private static void produce(Broker broker) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of("compression.type", "lz4"))) {
            for (String[] record : new String[][] {{"a", "1"}, {"b", "1"}, {"c", "0"}, {"c", "1"}, {"b", "2"}}) {
                send(producer, record[0], record[1]);
            }
        }
        try (KafkaProducer<String, String> producer = producer(broker, Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "c", "aborted");
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "a", "3");
            send(producer, "d", null);
            producer.commitTransaction();
        }
    }

    private static void goOnWithTheTransactionalId(Broker broker) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "e", "1");
            producer.commitTransaction();
        }
    }

    private static void send(KafkaProducer<String, String> producer, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>("table", 0, key, value)).get(30, TimeUnit.SECONDS);
    }

    private static String compact(Broker broker, String topic) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + "/v1/topics/" + topic + "/compact");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                .body();
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    private static KafkaConsumer<String, String> consumer(Broker broker) {
        return new KafkaConsumer<>(
                client(
                        broker,
                        Map.of("isolation.level", "read_committed", "group.id", "g", "enable.auto.commit", "false")),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static List<String> read(Broker broker) {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(broker)) {
            consumer.assign(List.of(TABLE));
            consumer.seekToBeginning(List.of(TABLE));
            long end = consumer.endOffsets(List.of(TABLE)).get(TABLE);
            while (consumer.position(TABLE) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> records.add(record.offset() + " " + record.key() + "=" + record.value()));
            }
        }
        return records;
    }

    private static void commitAHundredTimes(Broker broker) {
        try (KafkaConsumer<String, String> consumer = consumer(broker)) {
            for (int offset = 1; offset <= 100; offset++) {
                consumer.commitSync(Map.of(TABLE, new OffsetAndMetadata(offset)));
            }
        }
    }

    private static long committed(Broker broker) {
        try (KafkaConsumer<String, String> consumer = consumer(broker)) {
            return consumer.committed(Set.of(TABLE)).get(TABLE).offset();
        }
    }

    private static long offset(Admin admin, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(TABLE, spec))
                .partitionResult(TABLE)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }
}
