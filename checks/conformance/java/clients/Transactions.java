import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Transactions, which releases before 0.11 lack. */
final class Transactions {
    private Transactions() {}

    /** How a program drives a transactional producer. */
    interface Producer extends AutoCloseable {
        void init();

        void begin();

        Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record);

        void commit();

        void abort();

        @Override
        void close();
    }

    /** A step for each line of standard input: {@code ["init"]}, {@code ["send", [record, …]]} and so on. */
    static void transact(JsonNode options, Function<Map<String, Object>, Producer> open) {
        try (Producer producer = open.apply(config(options))) {
            for (JsonNode line : Verbs.records()) {
                try {
                    step(producer, options.get("topic").asText(), line);
                    Verbs.emit("done", line.get(0).asText());
                } catch (Exception problem) {
                    Verbs.emitError(problem);
                }
            }
        }
    }

    private static void step(Producer producer, String topic, JsonNode line) throws Exception {
        switch (line.get(0).asText()) {
            case "init" -> producer.init();
            case "begin" -> producer.begin();
            case "send" -> {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                line.get(1).forEach(record -> sent.add(producer.send(KafkaClients.record(topic, record))));
                for (Future<RecordMetadata> each : sent) {
                    each.get();
                }
            }
            case "commit" -> producer.commit();
            case "abort" -> producer.abort();
            default -> throw new IllegalArgumentException(line.toString());
        }
    }

    static Map<String, Object> config(JsonNode options) {
        Map<String, Object> config = KafkaClients.config(options);
        config.put("transactional.id", options.get("id").asText());
        config.put("transaction.timeout.ms", options.path("timeout_ms").asInt(60_000));
        config.put("max.block.ms", 30_000);
        return config;
    }

    static Producer plain(Map<String, Object> config) {
        KafkaProducer<byte[], byte[]> producer = producer(config);
        return new Producer() {
            @Override
            public void init() {
                producer.initTransactions();
            }

            @Override
            public void begin() {
                producer.beginTransaction();
            }

            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                return producer.send(record);
            }

            @Override
            public void commit() {
                producer.commitTransaction();
            }

            @Override
            public void abort() {
                producer.abortTransaction();
            }

            @Override
            public void close() {
                producer.close();
            }
        };
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Copies records of a topic to another one, a few in each transaction, which commits the group's offsets too. */
    static void copy(JsonNode options) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(config(options));
                KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(copierConfig(options))) {
            producer.initTransactions();
            consumer.subscribe(List.of(options.get("topic").asText()));
            int left = options.get("count").asInt();
            while (left > 0) {
                ConsumerRecords<byte[], byte[]> records = Release.poll(consumer, 500);
                if (!records.isEmpty()) {
                    producer.beginTransaction();
                    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        producer.send(copied(record, options));
                        offsets.put(
                                new TopicPartition(record.topic(), record.partition()),
                                new OffsetAndMetadata(record.offset() + 1));
                    }
                    Release.sendOffsets(producer, offsets, consumer, options.get("group").asText());
                    producer.flush();
                    holdIfAsked(options, records.count());
                    producer.commitTransaction();
                    left -= records.count();
                    Verbs.emit("copied", records.count());
                }
            }
        }
    }

    static Map<String, Object> copierConfig(JsonNode options) {
        Map<String, Object> config = KafkaClients.memberConfig(options);
        config.put("isolation.level", "read_committed");
        config.put("max.poll.records", 10);
        return config;
    }

    static ProducerRecord<byte[], byte[]> copied(ConsumerRecord<byte[], byte[]> record, JsonNode options) {
        byte[] value = (new String(record.value(), StandardCharsets.UTF_8) + "!").getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(options.get("target").asText(), record.partition(), record.key(), value);
    }

    /** Leaves the transaction open, and waits for the end of the process. */
    static void holdIfAsked(JsonNode options, int count) throws InterruptedException {
        if (options.path("hold").asBoolean()) {
            Verbs.emit("open", count);
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
