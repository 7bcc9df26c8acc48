package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
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
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic as a properties file in UTF-8, readable for people:
 *
 * <pre>
 *  version=2
 *  config.retention.ms=-1        one line for each config of the topic
 *  id=00000000-0000-0001-0000-000000000002
 *  name=orders
 *  partitions=3
 *  replication.factor=1
 *  crc=2418539417                the CRC-32C of all that is before this line
 * </pre>
 *
 * <p>By the last line a file is known that was cut off: it may lack configs, or digits of a number. Where it is another
 * one the file was changed, by damage or by a person: what it says is taken, and that is told. Version 1 had no such line.
 */
final class TopicLayout {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLayout.class);
    private static final String VERSION_LINE = "version=2\n";
    private static final String CONFIG = "config.";
    private static final String CRC = "crc";

    private TopicLayout() {}

    static ByteBuffer bytes(Topic topic) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("name", topic.name());
        properties.setProperty("id", topic.id().toString());
        properties.setProperty("partitions", Integer.toString(topic.partitionCount()));
        properties.setProperty("replication.factor", Short.toString(topic.replicationFactor()));
        topic.configs().forEach((name, value) -> properties.setProperty(CONFIG + name, value));
        String text = VERSION_LINE + lines(properties);
        return StandardCharsets.UTF_8.encode(text + CRC + "=" + crc(text) + "\n");
    }

    /** Escaped, in the order of the keys and without the date that {@link Properties} adds. */
    private static String lines(Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static long crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(StandardCharsets.UTF_8.encode(text));
        return crc.getValue();
    }

    /** The topic; what is damaged is a {@link DamagedFileException}, what was changed and makes sense a warning. */
    static Topic read(Path file) throws IOException {
        String text = TextFile.read(file);
        Properties properties = TextFile.properties(file, text);
        Topic topic = topic(file, properties);
        String version = properties.getProperty("version", "");
        if (version.equals("1")) {
            return topic;
        }
        int end = text.lastIndexOf("\n" + CRC + "=") + 1;
        if (end == 0 || !text.startsWith(VERSION_LINE)) {
            throw new DamagedFileException(file, "it should begin with version=2 and end with " + CRC);
        }
        if (!text.substring(end).equals(CRC + "=" + crc(text.substring(0, end)) + "\n")) {
            LOG.warn("{} was changed since the broker wrote it: what it says now is taken.", file);
        }
        return topic;
    }

    private static Topic topic(Path file, Properties properties) throws DamagedFileException {
        try {
            TopicName.fault(required(properties, "name")).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
            return new Topic(
                    required(properties, "name"),
                    id(required(properties, "id")),
                    Integer.parseInt(required(properties, "partitions")),
                    Short.parseShort(required(properties, "replication.factor")),
                    configs(properties));
        } catch (IllegalArgumentException damage) {
            throw new DamagedFileException(file, damage.getMessage(), damage);
        }
    }

    /** As {@link UUID#fromString}, which also takes one that lacks digits. */
    private static UUID id(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("'" + text + "' is no id");
        }
        return id;
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
