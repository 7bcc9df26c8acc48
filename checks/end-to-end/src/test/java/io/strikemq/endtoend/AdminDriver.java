package io.strikemq.endtoend;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Commands: {@code create topic partitions [name=value]…}, {@code delete topic}, {@code list} answers the topics,
 * {@code config topic name} answers its value, {@code nodes} answers the brokers, {@code delete-records topic offset}
 * (of partition 0, since 1.1) answers the low watermark, {@code close}. There is no admin client before 0.11.
 */
final class AdminDriver implements Driver {
    private final AdminClient admin;

    AdminDriver(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        admin = AdminClient.create(properties);
    }

    @Override
    public List<String> apply(List<String> command) {
        try {
            return run(command);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> run(List<String> command) throws ExecutionException, InterruptedException {
        switch (command.get(0)) {
            case "create" -> create(command);
            case "delete" -> admin.deleteTopics(List.of(command.get(1))).all().get();
            case "close" -> close();
            case "list" -> {
                return admin.listTopics().names().get().stream().sorted().toList();
            }
            case "nodes" -> {
                return admin.describeCluster().nodes().get().stream()
                        .map(node -> node.host() + ":" + node.port())
                        .toList();
            }
            case "config" -> {
                ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, command.get(1));
                Config config =
                        admin.describeConfigs(List.of(topic)).all().get().get(topic);
                ConfigEntry entry = config.get(command.get(2));
                return List.of(entry.value());
            }
            case "delete-records" -> {
                TopicPartition partition = new TopicPartition(command.get(1), 0);
                RecordsToDelete before = RecordsToDelete.beforeOffset(Long.parseLong(command.get(2)));
                DeletedRecords deleted = admin.deleteRecords(Map.of(partition, before))
                        .lowWatermarks()
                        .get(partition)
                        .get();
                return List.of(Long.toString(deleted.lowWatermark()));
            }
            default -> throw new IllegalArgumentException(command.toString());
        }
        return List.of();
    }

    private void create(List<String> command) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(command.get(1), Integer.parseInt(command.get(2)), (short) 1);
        Map<String, String> configs = command.subList(3, command.size()).stream()
                .collect(java.util.stream.Collectors.toMap(
                        config -> config.substring(0, config.indexOf('=')),
                        config -> config.substring(config.indexOf('=') + 1)));
        admin.createTopics(List.of(topic.configs(configs))).all().get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
