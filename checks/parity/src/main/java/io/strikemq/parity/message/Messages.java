package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.wire.generator.DefinitionParser;
import io.strikemq.wire.generator.model.MessageKind;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Kafka's messages by their definitions, read and written as JSON with Kafka's field names. What is not given takes the
 * definition's default, so that a request names only what it is about.
 */
public final class Messages {
    private final Map<String, MessageSpec> specs = new TreeMap<>();
    private final MessageWriter writer = new MessageWriter(this);
    private final MessageReader reader = new MessageReader();

    private Messages() {}

    /** Reads all definitions in and below a folder. */
    public static Messages in(Path folder) {
        Messages messages = new Messages();
        DefinitionParser parser = new DefinitionParser();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".json"))::iterator) {
                MessageSpec spec = parser.parse(Files.readString(file));
                messages.specs.put(spec.name(), spec);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    /** The definition of this name; unknown names are a mistake in a case. */
    public MessageSpec spec(String name) {
        MessageSpec spec = specs.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("Kafka has no message " + name);
        }
        return spec;
    }

    /** The request of an API, such as {@code CreateTopics}. */
    public MessageSpec request(String api) {
        return spec(api + "Request");
    }

    public MessageSpec response(String api) {
        return spec(api + "Response");
    }

    /** The requests that a broker's clients may send. */
    public Collection<MessageSpec> requests() {
        return specs.values().stream()
                .filter(spec -> spec.kind() == MessageKind.REQUEST
                        && spec.listeners().contains("broker")
                        && !spec.valid().isEmpty())
                .toList();
    }

    public ByteBuffer write(MessageSpec spec, int version, JsonNode value) {
        return writer.write(spec, version, value);
    }

    /** Writes a message with its version in front, as subscriptions and assignments of groups are. */
    ByteBuffer writeVersioned(String nameAtVersion, JsonNode value) {
        String[] nameAndVersion = nameAtVersion.split("@");
        MessageSpec spec = spec(nameAndVersion[0]);
        int version = nameAndVersion.length > 1
                ? Integer.parseInt(nameAndVersion[1])
                : spec.valid().highest();
        ByteBuffer body = write(spec, version, value);
        return ByteBuffer.allocate(2 + body.remaining())
                .putShort((short) version)
                .put(body)
                .flip();
    }

    /** Reads a whole message; what is left over is an error. */
    public JsonNode read(MessageSpec spec, int version, ByteBuffer bytes) {
        return reader.read(spec, version, bytes);
    }
}
