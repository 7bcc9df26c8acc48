package io.strikemq.wire.generator;

import io.strikemq.wire.generator.model.MessageKind;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The definitions of one Kafka release, by message name, and the choice of those that a broker needs. */
public final class Definitions {
    /** Formats that are no API but that brokers and clients put into records, assignments and files. */
    private static final Set<String> DATA = Set.of(
            "ConsumerProtocolSubscription",
            "ConsumerProtocolAssignment",
            "EndTxnMarker",
            "ControlRecordTypeSchema",
            "AbortedTxn");

    private final Map<String, MessageSpec> messages;

    private Definitions(Map<String, MessageSpec> messages) {
        this.messages = messages;
    }

    /** Reads every definition in and below a folder. */
    public static Definitions read(Path folder) throws IOException {
        DefinitionParser parser = new DefinitionParser();
        Map<String, MessageSpec> messages = new TreeMap<>();
        for (Path file : jsonFiles(folder)) {
            MessageSpec message = parser.parse(Files.readString(file));
            if (!message.valid().isEmpty()) {
                messages.put(message.name(), message);
            }
        }
        messages.replaceAll((name, message) -> stabilityOfItsRequest(message, messages));
        return new Definitions(messages);
    }

    private static List<Path> jsonFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> json = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (json.isEmpty()) {
                throw new IOException("no message definitions in " + folder);
            }
            return json;
        }
    }

    /** Only requests say whether their newest version is unstable; it holds for the response as well. */
    private static MessageSpec stabilityOfItsRequest(MessageSpec message, Map<String, MessageSpec> messages) {
        MessageSpec request = message.kind() == MessageKind.RESPONSE ? messages.get(requestOf(message)) : null;
        return request == null
                ? message
                : new MessageSpec(
                        message.name(),
                        message.kind(),
                        message.apiKey(),
                        message.listeners(),
                        request.unstable(),
                        message.valid(),
                        message.flexible(),
                        message.root(),
                        message.structs());
    }

    private static String requestOf(MessageSpec response) {
        return response.name().replaceAll("Response$", "Request");
    }

    /** The messages for a broker, each with the versions that only the older release still had. */
    public List<MessageSpec> forBroker(Definitions older) {
        List<MessageSpec> chosen = new ArrayList<>();
        for (MessageSpec message : messages.values()) {
            if (needed(message)) {
                MessageSpec before = older.messages.get(message.name());
                chosen.add(before == null ? message : LegacyMerge.merge(message, before));
            }
        }
        return chosen;
    }

    private boolean needed(MessageSpec message) {
        return switch (message.kind()) {
            case REQUEST -> message.listeners().contains("broker");
            case RESPONSE -> messages.get(requestOf(message)).listeners().contains("broker");
            case HEADER, COORDINATOR_KEY, COORDINATOR_VALUE -> true;
            case DATA -> DATA.contains(message.name());
            case METADATA -> false;
        };
    }
}
