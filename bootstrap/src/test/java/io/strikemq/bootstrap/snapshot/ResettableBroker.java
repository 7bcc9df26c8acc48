package io.strikemq.bootstrap.snapshot;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.domain.port.in.Powers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker on free ports, and Kafka's clients of it, which live through its resets. */
final class ResettableBroker implements AutoCloseable {
    private static final long SECONDS = 60;

    final Broker broker;
    final Admin admin;

    ResettableBroker(String storage, Path folder) {
        this(storage, folder, Map.of());
    }

    ResettableBroker(String storage, Path folder, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        // Or else clients that ask for a topic that they had would bring it back.
        settings.put("auto_create_topics", "false");
        // So that members hear soon that they are none any more.
        settings.put("group_consumer_min_heartbeat_interval_ms", "100");
        settings.put("group_consumer_heartbeat_interval_ms", "100");
        settings.putAll(Map.of(
                "port", "0",
                "http_port", "0",
                "bind_address", "127.0.0.1",
                "log_dir", folder.toString(),
                "storage", storage));
        broker = Broker.start(new ConfigurationLoader(Set.of()).load(null, Map.of(), settings));
        admin = Admin.create(client(Map.of()));
    }

    Powers powers() {
        return broker.powers();
    }

    Map<String, Object> client(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put(
                "bootstrap.servers", "127.0.0.1:" + broker.listeners().get(0).port());
        return configs;
    }

    void create(String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    Set<String> topics() throws Exception {
        return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
    }

    KafkaProducer<String, String> producer(Map<String, Object> configs) {
        return new KafkaProducer<>(client(configs), new StringSerializer(), new StringSerializer());
    }

    static void send(KafkaProducer<String, String> producer, String topic, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, null, value)).get(SECONDS, TimeUnit.SECONDS);
    }

    KafkaConsumer<String, String> consumer(String group, String protocol) {
        Map<String, Object> configs = new HashMap<>(Map.of(
                "group.id", group,
                "group.protocol", protocol,
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "enable.auto.commit", "false"));
        if (protocol.equals("classic")) {
            configs.put("heartbeat.interval.ms", "100");
        }
        return new KafkaConsumer<>(client(configs), new StringDeserializer(), new StringDeserializer());
    }

    /**
     * Polls until it has so many different values and may commit what it has read: a consumer may read before it hears that its
     * group is gone, and then its first commit is refused.
     */
    static Set<String> readAndCommit(KafkaConsumer<String, String> consumer, int count) {
        Set<String> values = new TreeSet<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < until) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
                values.add(record.value());
            }
            if (values.size() >= count && commits(consumer)) {
                break;
            }
        }
        return values;
    }

    private static boolean commits(KafkaConsumer<String, String> consumer) {
        try {
            consumer.commitSync();
            return true;
        } catch (KafkaException theGroupIsGone) {
            return false;
        }
    }

    /** As curl would. */
    HttpResponse<String> call(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
