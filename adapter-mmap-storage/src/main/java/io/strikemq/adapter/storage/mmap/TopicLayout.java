package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.TextFile;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicName;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * A topic as a properties file in UTF-8, readable for people:
 *
 * <pre>
 *  version=1
 *  name=orders
 *  id=00000000-0000-0001-0000-000000000002
 *  partitions=3
 *  replication.factor=1
 *  config.retention.ms=-1        one line for each config of the topic
 * </pre>
 */
final class TopicLayout {
    private static final String CONFIG = "config.";

    private TopicLayout() {}

    static ByteBuffer bytes(Topic topic) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("version", "1");
        properties.setProperty("name", topic.name());
        properties.setProperty("id", topic.id().toString());
        properties.setProperty("partitions", Integer.toString(topic.partitionCount()));
        properties.setProperty("replication.factor", Short.toString(topic.replicationFactor()));
        topic.configs().forEach((name, value) -> properties.setProperty(CONFIG + name, value));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return StandardCharsets.UTF_8.encode(text.toString());
    }

    static Topic read(Path file) throws IOException {
        Properties properties = TextFile.properties(file);
        try {
            TopicName.fault(required(properties, "name")).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
            return new Topic(
                    required(properties, "name"),
                    UUID.fromString(required(properties, "id")),
                    Integer.parseInt(required(properties, "partitions")),
                    Short.parseShort(required(properties, "replication.factor")),
                    configs(properties));
        } catch (IllegalArgumentException damage) {
            throw new TextFile.DamagedException(file, damage.getMessage(), damage);
        }
    }

    private static Map<String, String> configs(Properties properties) {
        Map<String, String> configs = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(CONFIG)) {
                configs.put(key.substring(CONFIG.length()), properties.getProperty(key));
            }
        }
        return configs;
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }
}
