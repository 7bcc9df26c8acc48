package io.strikemq.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Reads from one topic and writes to another, and commits how far it has read with the transaction of what it wrote. Commands:
 * {@code init}; {@code subscribe topic}; {@code poll} answers what came; {@code pump topic} begins a transaction, writes all that
 * came since the last one and adds the offsets; {@code commit}, {@code abort}, which reads once more what was read;
 * {@code remember} the membership, so that later offsets claim to be of it; {@code owned}; {@code committed topic partition} answers
 * an offset; {@code close}. What goes wrong is answered by the simple name of its exception, or of that exception's cause.
 */
final class PipeDriver implements Driver {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();
    private ConsumerGroupMetadata remembered;

    PipeDriver(Map<String, String> settings) {
        Properties reading = new Properties();
        reading.putAll(settings);
        reading.remove("transactional.id");
        reading.put("key.deserializer", StringDeserializer.class.getName());
        reading.put("value.deserializer", StringDeserializer.class.getName());
        reading.put("auto.offset.reset", "earliest");
        reading.put("enable.auto.commit", "false");
        reading.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(reading);
        Properties writing = new Properties();
        writing.put("bootstrap.servers", settings.get("bootstrap.servers"));
        writing.put("transactional.id", settings.get("transactional.id"));
        writing.put("key.serializer", StringSerializer.class.getName());
        writing.put("value.serializer", StringSerializer.class.getName());
        producer = new KafkaProducer<>(writing);
    }

    @Override
    public List<String> apply(List<String> command) {
        try {
            return run(command);
        } catch (KafkaException e) {
            boolean isWrapped = e.getClass() == KafkaException.class && e.getCause() != null;
            return List.of((isWrapped ? e.getCause() : e).getClass().getSimpleName());
        }
    }

    private List<String> run(List<String> command) {
        switch (command.get(0)) {
            case "init" -> producer.initTransactions();
            case "subscribe" -> consumer.subscribe(List.of(command.get(1)));
            case "pump" -> pump(command.get(1));
            case "commit" -> commit();
            case "abort" -> abort();
            case "remember" -> remembered = consumer.groupMetadata();
            case "close" -> close();
            case "poll" -> {
                return poll();
            }
            case "owned" -> {
                return consumer.assignment().stream()
                        .map(TopicPartition::toString)
                        .sorted()
                        .toList();
            }
            case "committed" -> {
                return List.of(committed(new TopicPartition(command.get(1), Integer.parseInt(command.get(2)))));
            }
            default -> throw new IllegalArgumentException(command.toString());
        }
        return List.of();
    }

    private List<String> poll() {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
            read.add(each);
            values.add(each.value());
        }
        return values;
    }

    private void pump(String topic) {
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<String, String> each : read) {
            producer.send(new ProducerRecord<>(topic, 0, null, each.value().toUpperCase(Locale.ROOT)));
            offsets.put(new TopicPartition(each.topic(), each.partition()), new OffsetAndMetadata(each.offset() + 1));
        }
        producer.flush();
        producer.sendOffsetsToTransaction(offsets, remembered == null ? consumer.groupMetadata() : remembered);
    }

    private void commit() {
        producer.commitTransaction();
        read.clear();
    }

    private void abort() {
        producer.abortTransaction();
        read.stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .distinct()
                .forEach(this::readAgain);
        read.clear();
        remembered = null;
    }

    private void readAgain(TopicPartition partition) {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        consumer.seek(partition, committed == null ? 0 : committed.offset());
    }

    private String committed(TopicPartition partition) {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? "none" : String.valueOf(committed.offset());
    }

    @Override
    @SuppressWarnings("deprecation") // What newer releases have instead, 2.8 has not.
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close(Duration.ofSeconds(1));
    }
}
