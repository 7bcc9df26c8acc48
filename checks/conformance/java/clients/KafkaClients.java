import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Apache Kafka's own client, any release since 0.10.2. */
public class KafkaClients {
    private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

    public static void main(String[] arguments) throws Exception {
        Verbs.main(new KafkaClients().verbs(), arguments);
    }

    Map<String, Verbs.Verb> verbs() {
        Map<String, Verbs.Verb> verbs = new HashMap<>(Map.of(
                "features", options -> features(),
                "warm-up", this::warmUp,
                "metadata", KafkaClients::metadata,
                "produce", this::produce,
                "consume", KafkaClients::consume,
                "member", this::member,
                "stream", this::stream));
        if (Release.isAtLeast(0, 11)) {
            verbs.putAll(Admin.verbs());
            verbs.put("transact", options -> Transactions.transact(options, this::transactional));
            verbs.put("copy", this::copy);
        }
        return verbs;
    }

    private static void features() {
        Map<String, String> lacks = new LinkedHashMap<>();
        List<String> codecs = new ArrayList<>(List.of("gzip", "snappy", "lz4"));
        Map<String, String> assignors = new LinkedHashMap<>(Map.of("range", "range", "roundrobin", "roundrobin"));
        String name = Release.name();
        if (Release.isAtLeast(2, 1)) {
            codecs.add("zstd");
        }
        if (Release.isAtLeast(0, 11)) {
            assignors.put("sticky", "sticky");
        } else {
            lacks.put("headers", name + " has no headers");
            lacks.put("idempotent", name + " has no idempotent producer");
            lacks.put("transactions", name + " has no transactions");
            lacks.put("isolation", name + " has no isolation level");
            lacks.put("admin", name + " has no admin client");
            lacks.put("brokers", name + " lists no brokers");
        }
        if (Release.isAtLeast(2, 4)) {
            assignors.put("cooperative-sticky", "cooperative-sticky");
        }
        List<String> protocols = Release.isAtLeast(4, 0) ? List.of("classic", "consumer") : List.of("classic");
        if (!Release.isAtLeast(2, 3)) {
            lacks.put("static", name + " has no static membership");
        }
        Verbs.emit("codecs", codecs, "assignors", assignors, "lacks", lacks, "serves", true, "protocols", protocols,
                "fenced", "^(ProducerFenced|InvalidProducerEpoch)Exception");
    }

    static Map<String, Object> config(JsonNode options) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", options.get("bootstrap").asText());
        config.put("reconnect.backoff.ms", 50);
        return config;
    }

    private static void metadata(JsonNode options) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config(options))) {
            int partitions = consumer.partitionsFor(options.get("topic").asText()).size();
            Verbs.emit("partitions", partitions, "brokers", Release.isAtLeast(0, 11) ? Admin.brokers(options) : List.of());
        }
    }

    /** Loads the classes that the other verbs need, and asks no broker; for the class data archive. */
    private void warmUp(JsonNode options) throws Exception {
        sender(config(options)).close();
        consumer(memberConfig(options)).close();
        if (Release.isAtLeast(0, 11)) {
            Admin.warmUp(options);
        }
    }

    /** How this program produces; the Spring program has another way. */
    interface Sender extends AutoCloseable {
        Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, java.util.function.Consumer<Exception> done);

        void flush();

        @Override
        void close();
    }

    Sender sender(Map<String, Object> config) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        return new Sender() {
            @Override
            public Future<RecordMetadata> send(
                    ProducerRecord<byte[], byte[]> record, java.util.function.Consumer<Exception> done) {
                return producer.send(record, (metadata, failure) -> done.accept(failure));
            }

            @Override
            public void flush() {
                producer.flush();
            }

            @Override
            public void close() {
                producer.close();
            }
        };
    }

    /** How this program opens a producer that has transactions; the Spring program has another way. */
    Transactions.Producer transactional(Map<String, Object> config) {
        return Transactions.plain(config);
    }

    void copy(JsonNode options) throws Exception {
        Transactions.copy(options);
    }

    private void produce(JsonNode options) throws Exception {
        Map<String, Object> config = config(options);
        config.put("acks", options.get("acks").asText());
        config.put("compression.type", options.path("codec").asText("none"));
        config.put("max.request.size", options.path("max_bytes").asInt(1_048_576));
        config.put("linger.ms", 5);
        if (Release.isAtLeast(0, 11)) {
            config.put("enable.idempotence", options.path("idempotent").asBoolean());
        }
        try (Sender sender = sender(config)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (JsonNode record : Verbs.records()) {
                sent.add(sender.send(record(options.get("topic").asText(), record), failure -> {}));
            }
            sender.flush();
            for (Future<RecordMetadata> each : sent) {
                Verbs.emit("partition", each.get().partition(), "offset", each.get().offset());
            }
        }
    }

    static ProducerRecord<byte[], byte[]> record(String topic, JsonNode record) {
        List<Object[]> headers = new ArrayList<>();
        for (JsonNode header : record.get("headers")) {
            headers.add(new Object[] {header.get(0).asText(), Verbs.decoded(header.get(1))});
        }
        return Release.record(
                topic,
                record.get("partition").isNull() ? null : record.get("partition").asInt(),
                record.get("timestamp").isNull() ? null : record.get("timestamp").asLong(),
                Verbs.decoded(record.get("key")),
                Verbs.decoded(record.get("value")),
                headers);
    }

    static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void consume(JsonNode options) throws Exception {
        Map<String, Object> config = config(options);
        config.put("enable.auto.commit", false);
        if (options.has("isolation")) {
            config.put("isolation.level", options.get("isolation").asText());
        }
        if (options.has("fetch_bytes")) {
            config.put("max.partition.fetch.bytes", options.get("fetch_bytes").asInt());
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(options.get("topic").asText())
                    .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
            consumer.assign(partitions);
            seek(consumer, partitions, options.get("from"));
            Verbs.emit("ready", true);
            int left = options.get("count").asInt();
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : Release.poll(consumer, 500)) {
                    if (left-- > 0) {
                        emit(record);
                    }
                }
            }
        }
    }

    private static void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, JsonNode from) {
        if (from.isTextual() && from.asText().equals("earliest")) {
            consumer.seekToBeginning(partitions);
        } else if (from.isTextual()) {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } else if (from.has("offset")) {
            consumer.seek(partitions.get(0), from.get("offset").asLong());
        } else {
            TopicPartition first = partitions.get(0);
            long timestamp = from.get("timestamp").asLong();
            consumer.seek(first, consumer.offsetsForTimes(Map.of(first, timestamp)).get(first).offset());
        }
    }

    private static void emit(ConsumerRecord<byte[], byte[]> record) {
        Verbs.emit("partition", record.partition(), "offset", record.offset(), "timestamp", record.timestamp(),
                "key", Verbs.encoded(record.key()), "value", Verbs.encoded(record.value()),
                "headers", Release.headers(record));
    }

    static Map<String, Object> memberConfig(JsonNode options) {
        Map<String, Object> config = config(options);
        config.put("group.id", options.get("group").asText());
        config.put("client.id", options.get("name").asText());
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", false);
        config.put("max.poll.interval.ms", 10_000);
        config.put("request.timeout.ms", 15_000);
        config.put("metadata.max.age.ms", 1000);
        if (isOfConsumerProtocol(options)) {
            config.put("group.protocol", "consumer");
            // A commit is tried again for so long where its topic is gone.
            config.put("default.api.timeout.ms", 10_000);
        } else {
            config.put("session.timeout.ms", options.path("session_ms").asInt(6000));
            config.put("heartbeat.interval.ms", 500);
            config.put("partition.assignment.strategy", assignor(options.path("assignor").asText("range")));
        }
        if (options.hasNonNull("instance")) {
            config.put("group.instance.id", options.get("instance").asText());
        }
        return config;
    }

    /** Whether the broker is to assign (KIP-848). */
    private static boolean isOfConsumerProtocol(JsonNode options) {
        return options.path("protocol").asText().equals("consumer");
    }

    private static String assignor(String name) {
        return switch (name) {
            case "roundrobin" -> ASSIGNORS + "RoundRobinAssignor";
            case "sticky" -> ASSIGNORS + "StickyAssignor";
            case "cooperative-sticky" -> ASSIGNORS + "CooperativeStickyAssignor";
            default -> ASSIGNORS + "RangeAssignor";
        };
    }

    void member(JsonNode options) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(memberConfig(options))) {
            if (options.hasNonNull("regex")) {
                BrokersPatterns.subscribe(consumer, options.get("regex").asText());
            } else {
                consumer.subscribe(List.of(options.get("topic").asText()));
            }
            while (!Verbs.stopped()) {
                for (ConsumerRecord<byte[], byte[]> record : Release.poll(consumer, 200)) {
                    Verbs.emit("topic", record.topic(), "partition", record.partition(), "offset", record.offset());
                }
                try {
                    consumer.commitSync();
                } catch (KafkaException e) {
                    // The group moves on, or the broker is away: the next commit covers this one.
                }
            }
        }
    }

    private void stream(JsonNode options) throws Exception {
        Map<String, Object> config = config(options);
        config.put("acks", "all");
        config.put("linger.ms", 5);
        config.put("retries", Integer.MAX_VALUE);
        config.put("max.in.flight.requests.per.connection", 1);
        config.put("request.timeout.ms", 10_000);
        if (Release.isAtLeast(0, 11)) {
            config.put("enable.idempotence", true);
        }
        AtomicReference<Exception> problem = new AtomicReference<>();
        try (Sender sender = sender(config)) {
            for (int number = 0; number < options.get("count").asInt(); number++) {
                byte[] value = String.valueOf(number).getBytes();
                sender.send(new ProducerRecord<>(options.get("topic").asText(), value), failure -> {
                    if (failure == null) {
                        Verbs.emit("acked", 1);
                    } else {
                        problem.set(failure);
                    }
                });
                Thread.sleep(1);
            }
            sender.flush();
        }
        if (problem.get() != null) {
            throw problem.get();
        }
    }
}
