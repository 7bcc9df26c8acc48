import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What differs between the releases of kafka-clients. */
final class Release {
    private static final String[] NUMBERS = version().split("[.-]");

    private Release() {}

    /** The class that tells it has moved between the releases; the file has not. */
    private static String version() {
        try (InputStream in = KafkaConsumer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name() {
        return "kafka-clients " + NUMBERS[0] + "." + NUMBERS[1];
    }

    static boolean isAtLeast(int major, int minor) {
        int ownMajor = Integer.parseInt(NUMBERS[0]);
        return ownMajor > major || ownMajor == major && Integer.parseInt(NUMBERS[1]) >= minor;
    }

    /** {@code poll(Duration)} came with 2.0; {@code poll(long)} went with 4.0. */
    @SuppressWarnings("unchecked")
    static ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, long ms) throws Exception {
        try {
            Object records = isAtLeast(2, 0)
                    ? Consumer.class.getMethod("poll", Duration.class).invoke(consumer, Duration.ofMillis(ms))
                    : Consumer.class.getMethod("poll", long.class).invoke(consumer, ms);
            return (ConsumerRecords<byte[], byte[]>) records;
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** {@code topicNameValues} came with 3.1; {@code values} went with 4.0. */
    @SuppressWarnings("unchecked")
    static TopicDescription describe(AdminClient admin, String topic) throws Exception {
        DescribeTopicsResult result = admin.describeTopics(List.of(topic));
        Object values = DescribeTopicsResult.class.getMethod(isAtLeast(3, 1) ? "topicNameValues" : "values").invoke(result);
        return ((Map<String, KafkaFuture<TopicDescription>>) values).get(topic).get();
    }

    /** Headers came with 0.11; without any, the constructor is used that was always there. */
    static ProducerRecord<byte[], byte[]> record(
            String topic, Integer partition, Long timestamp, byte[] key, byte[] value, List<Object[]> headers) {
        if (headers.isEmpty()) {
            return new ProducerRecord<>(topic, partition, timestamp, key, value);
        }
        return WithHeaders.record(topic, partition, timestamp, key, value, headers);
    }

    static List<Object[]> headers(ConsumerRecord<byte[], byte[]> record) {
        return isAtLeast(0, 11) ? WithHeaders.of(record) : List.of();
    }

    /** The group by its metadata since 2.5, and no longer by its name since 4.0. */
    static void sendOffsets(
            KafkaProducer<byte[], byte[]> producer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Consumer<byte[], byte[]> consumer,
            String group)
            throws Exception {
        if (isAtLeast(2, 5)) {
            WithGroupMetadata.sendOffsets(producer, offsets, consumer);
            return;
        }
        try {
            KafkaProducer.class
                    .getMethod("sendOffsetsToTransaction", Map.class, String.class)
                    .invoke(producer, offsets, group);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** In a class of its own, since releases before 2.5 lack the types. */
    private static final class WithGroupMetadata {
        static void sendOffsets(
                KafkaProducer<byte[], byte[]> producer,
                Map<TopicPartition, OffsetAndMetadata> offsets,
                Consumer<byte[], byte[]> consumer) {
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        }
    }

    /** In a class of its own, since 0.10 lacks the types. */
    private static final class WithHeaders {
        static ProducerRecord<byte[], byte[]> record(
                String topic, Integer partition, Long timestamp, byte[] key, byte[] value, List<Object[]> headers) {
            List<Header> all = new ArrayList<>();
            headers.forEach(header -> all.add(new RecordHeader((String) header[0], (byte[]) header[1])));
            return new ProducerRecord<>(topic, partition, timestamp, key, value, all);
        }

        static List<Object[]> of(ConsumerRecord<byte[], byte[]> record) {
            List<Object[]> headers = new ArrayList<>();
            for (Header header : record.headers()) {
                headers.add(new Object[] {header.key(), Verbs.encoded(header.value())});
            }
            return headers;
        }
    }
}
