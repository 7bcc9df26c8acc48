import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.SendResult;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What {@code @Transactional} stands on: Spring's transaction manager, which the template takes part in. */
final class SpringTransactions implements Transactions.Producer {
    private final DefaultKafkaProducerFactory<byte[], byte[]> factory;
    private final KafkaTemplate<byte[], byte[]> template;
    private final KafkaTransactionManager<byte[], byte[]> manager;
    private TransactionStatus transaction;

    SpringTransactions(Map<String, Object> config) {
        factory = new DefaultKafkaProducerFactory<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        factory.setTransactionIdPrefix((String) config.get("transactional.id"));
        template = new KafkaTemplate<>(factory);
        manager = new KafkaTransactionManager<>(factory);
    }

    @Override
    public void init() {
        factory.createProducer().close(); // it is kept for the first transaction
    }

    @Override
    public void begin() {
        transaction = manager.getTransaction(new DefaultTransactionDefinition());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return template.send(record).thenApply(SendResult::getRecordMetadata);
    }

    @Override
    public void commit() {
        manager.commit(transaction);
    }

    @Override
    public void abort() {
        manager.rollback(transaction);
    }

    @Override
    public void close() {
        factory.destroy();
    }

    /** A listener container whose transactions have what the listener sends, and the offsets. */
    static void copy(JsonNode options) throws Exception {
        SpringTransactions transactions = new SpringTransactions(Transactions.config(options));
        transactions.manager.setTransactionSynchronization(KafkaTransactionManager.SYNCHRONIZATION_ALWAYS);
        AtomicInteger left = new AtomicInteger(options.get("count").asInt());
        CountDownLatch done = new CountDownLatch(1);
        ContainerProperties properties = new ContainerProperties(options.get("topic").asText());
        properties.setKafkaAwareTransactionManager(transactions.manager);
        properties.setMessageListener((BatchMessageListener<byte[], byte[]>) records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                transactions.template.send(Transactions.copied(record, options));
            }
            transactions.template.flush();
            hold(options, records.size());
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    Verbs.emit("copied", records.size());
                    if (left.addAndGet(-records.size()) <= 0) {
                        done.countDown();
                    }
                }
            });
        });
        KafkaMessageListenerContainer<byte[], byte[]> container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        Transactions.copierConfig(options), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                properties);
        container.start();
        done.await(90, TimeUnit.SECONDS);
        container.stop();
        transactions.close();
    }

    private static void hold(JsonNode options, int count) {
        try {
            Transactions.holdIfAsked(options, count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
