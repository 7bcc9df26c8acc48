package io.strikemq.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Commands: {@code send topic partition|- [key=value]…} answers {@code partition@offset} of each; {@code close}. */
final class ProducerDriver implements Driver {
    private final KafkaProducer<String, String> producer;

    ProducerDriver(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("key.serializer", StringSerializer.class.getName());
        properties.put("value.serializer", StringSerializer.class.getName());
        properties.putAll(settings);
        producer = new KafkaProducer<>(properties);
    }

    @Override
    public List<String> apply(List<String> command) {
        return switch (command.get(0)) {
            case "send" -> send(command);
            case "close" -> {
                close();
                yield List.of();
            }
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    private List<String> send(List<String> command) {
        String topic = command.get(1);
        Integer partition = command.get(2).equals("-") ? null : Integer.valueOf(command.get(2));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String record : command.subList(3, command.size())) {
            int equals = record.indexOf('=');
            String key = equals <= 0 ? null : record.substring(0, equals);
            String value = record.substring(equals + 1).equals("null") ? null : record.substring(equals + 1);
            sent.add(producer.send(new ProducerRecord<>(topic, partition, key, value)));
        }
        producer.flush();
        return sent.stream().map(ProducerDriver::place).toList();
    }

    private static String place(Future<RecordMetadata> sent) {
        try {
            return sent.get().partition() + "@" + sent.get().offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
