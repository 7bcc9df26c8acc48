import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.SendResult;

/** Spring's template, listener container and admin; what Spring does not wrap is asked of kafka-clients below it. */
public class SpringKafka extends KafkaClients {
    public static void main(String[] arguments) throws Exception {
        Verbs.main(new SpringKafka().verbs(), arguments);
    }

    @Override
    Map<String, Verbs.Verb> verbs() {
        Map<String, Verbs.Verb> verbs = super.verbs();
        Verbs.Verb plain = verbs.get("create");
        verbs.put("create", options -> {
            if (isThere(options)) {
                // Spring's admin passes over topics that are there.
                plain.run(options);
            } else {
                new KafkaAdmin(config(options)).createOrModifyTopics(
                        new NewTopic(options.get("topic").asText(), options.get("partitions").asInt(), (short) 1));
            }
        });
        verbs.put("describe", options -> Verbs.emit("partitions", Admin.partitions(description(options))));
        return verbs;
    }

    private static TopicDescription description(JsonNode options) {
        String topic = options.get("topic").asText();
        return new KafkaAdmin(config(options)).describeTopics(topic).get(topic);
    }

    private static boolean isThere(JsonNode options) {
        try {
            return description(options) != null;
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    @Override
    Sender sender(Map<String, Object> config) {
        DefaultKafkaProducerFactory<byte[], byte[]> factory =
                new DefaultKafkaProducerFactory<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(factory);
        return new Sender() {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Consumer<Exception> done) {
                CompletableFuture<SendResult<byte[], byte[]>> sent = template.send(record);
                sent.whenComplete((result, failure) -> done.accept((Exception) failure));
                return sent.thenApply(SendResult::getRecordMetadata);
            }

            @Override
            public void flush() {
                template.flush();
            }

            @Override
            public void close() {
                factory.destroy();
            }
        };
    }

    @Override
    Transactions.Producer transactional(Map<String, Object> config) {
        return new SpringTransactions(config);
    }

    @Override
    void copy(JsonNode options) throws Exception {
        SpringTransactions.copy(options);
    }

    @Override
    void member(JsonNode options) throws Exception {
        ContainerProperties properties = subscription(options);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setMessageListener((MessageListener<byte[], byte[]>)
                record -> Verbs.emit(
                        "topic", record.topic(), "partition", record.partition(), "offset", record.offset()));
        Map<String, Object> config = new HashMap<>(memberConfig(options));
        // It matches topics itself, as it hears of them.
        config.put("metadata.max.age.ms", 1_000);
        KafkaMessageListenerContainer<byte[], byte[]> container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                properties);
        container.start();
        while (!Verbs.stopped()) {
            Thread.sleep(100);
        }
        container.stop();
    }

    private static ContainerProperties subscription(JsonNode options) {
        return options.hasNonNull("regex")
                ? new ContainerProperties(Pattern.compile(options.get("regex").asText()))
                : new ContainerProperties(options.get("topic").asText());
    }
}
