package io.strikemq.endtoend;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Commands: {@code subscribe topic}, {@code assign topic partition…} (from the beginning), {@code poll} answers
 * {@code partition@offset key=value} of each record, {@code owned} answers the partitions owned, {@code commit},
 * {@code position topic partition}, {@code close}.
 */
final class ConsumerDriver implements Driver {
    private static final long POLL_MS = 200;

    private final KafkaConsumer<String, String> consumer;

    ConsumerDriver(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("key.deserializer", StringDeserializer.class.getName());
        properties.put("value.deserializer", StringDeserializer.class.getName());
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.putAll(settings);
        consumer = new KafkaConsumer<>(properties);
    }

    @Override
    public List<String> apply(List<String> command) {
        switch (command.get(0)) {
            case "subscribe" -> call("subscribe", List.of(command.get(1)));
            case "assign" -> assign(command);
            case "commit" -> consumer.commitSync();
            case "close" -> close();
            case "owned" -> {
                return consumer.assignment().stream()
                        .map(p -> String.valueOf(p.partition()))
                        .sorted()
                        .toList();
            }
            case "position" -> {
                TopicPartition partition = new TopicPartition(command.get(1), Integer.parseInt(command.get(2)));
                return List.of(String.valueOf(consumer.position(partition)));
            }
            case "poll" -> {
                return poll();
            }
            default -> throw new IllegalArgumentException(command.toString());
        }
        return List.of();
    }

    private void assign(List<String> command) {
        List<TopicPartition> partitions = command.subList(2, command.size()).stream()
                .map(partition -> new TopicPartition(command.get(1), Integer.parseInt(partition)))
                .toList();
        call("assign", partitions);
        call("seekToBeginning", partitions);
    }

    /** Release 0.9 takes lists and arrays where all later ones take collections. */
    private void call(String method, List<?> argument) {
        for (Class<?> type : List.of(Collection.class, List.class, TopicPartition[].class)) {
            try {
                Object given = type.isArray() ? argument.toArray(new TopicPartition[0]) : argument;
                KafkaConsumer.class.getMethod(method, type).invoke(consumer, given);
                return;
            } catch (NoSuchMethodException e) {
                // Not this release's way.
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("No " + method + " in " + KafkaConsumer.class);
    }

    private List<String> poll() {
        List<String> lines = new ArrayList<>();
        for (ConsumerRecord<String, String> record : pollAsThisReleaseDoes()) {
            String key = record.key() == null ? "" : record.key();
            lines.add(record.partition() + "@" + record.offset() + " " + key + "=" + record.value());
        }
        return lines;
    }

    /** {@code poll(long)} until 1.1, {@code poll(Duration)} ever since 2.0. */
    @SuppressWarnings("unchecked") // Both return records of this consumer's types.
    private ConsumerRecords<String, String> pollAsThisReleaseDoes() {
        try {
            try {
                Object records = KafkaConsumer.class
                        .getMethod("poll", Duration.class)
                        .invoke(consumer, Duration.ofMillis(POLL_MS));
                return (ConsumerRecords<String, String>) records;
            } catch (NoSuchMethodException e) {
                return (ConsumerRecords<String, String>)
                        KafkaConsumer.class.getMethod("poll", long.class).invoke(consumer, POLL_MS);
            }
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
