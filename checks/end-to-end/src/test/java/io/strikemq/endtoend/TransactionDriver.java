package io.strikemq.endtoend;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Commands: {@code init}, {@code begin}, {@code send topic partition value…}, {@code commit}, {@code abort}, {@code close};
 * what goes wrong is answered by the simple name of its exception, or of that exception's cause.
 */
final class TransactionDriver implements Driver {
    private final KafkaProducer<String, String> producer;

    TransactionDriver(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("key.serializer", StringSerializer.class.getName());
        properties.put("value.serializer", StringSerializer.class.getName());
        properties.putAll(settings);
        producer = new KafkaProducer<>(properties);
    }

    @Override
    public List<String> apply(List<String> command) {
        try {
            run(command);
            return List.of();
        } catch (KafkaException e) {
            boolean isWrapped = e.getClass() == KafkaException.class && e.getCause() != null;
            return List.of((isWrapped ? e.getCause() : e).getClass().getSimpleName());
        }
    }

    private void run(List<String> command) {
        switch (command.get(0)) {
            case "init" -> producer.initTransactions();
            case "begin" -> producer.beginTransaction();
            case "send" -> send(command);
            case "commit" -> producer.commitTransaction();
            case "abort" -> producer.abortTransaction();
            case "close" -> close();
            default -> throw new IllegalArgumentException(command.toString());
        }
    }

    private void send(List<String> command) {
        Integer partition = Integer.valueOf(command.get(2));
        for (String value : command.subList(3, command.size())) {
            producer.send(new ProducerRecord<>(command.get(1), partition, null, value));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
