package io.strikemq.wire.generator;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.MessageKind;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import io.strikemq.wire.generator.model.VersionSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the text of one of Kafka's JSON definitions, comments included, into the model. */
public final class DefinitionParser {
    private final JsonMapper json =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    public MessageSpec parse(String text) throws IOException {
        JsonNode message = json.readTree(text);
        String name = message.path("name").asText();
        VersionSet valid = VersionSet.parse(message.path("validVersions").asText());
        Map<String, StructSpec> structs = new LinkedHashMap<>();
        List<FieldSpec> fields = fields(message.path("fields"), structs);
        for (JsonNode common : message.path("commonStructs")) {
            String structName = common.path("name").asText();
            structs.put(structName, new StructSpec(structName, "", fields(common.path("fields"), structs)));
        }
        List<String> listeners = new ArrayList<>();
        message.path("listeners").forEach(listener -> listeners.add(listener.asText()));
        return new MessageSpec(
                name,
                MessageKind.parse(message.path("type").asText()),
                message.path("apiKey").asInt(-1),
                listeners,
                message.path("latestVersionUnstable").asBoolean(false),
                valid,
                versions(message, "flexibleVersions", VersionSet.NONE).and(valid),
                new StructSpec(name, "", fields),
                structs);
    }

    private List<FieldSpec> fields(JsonNode nodes, Map<String, StructSpec> structs) {
        List<FieldSpec> fields = new ArrayList<>();
        for (JsonNode node : nodes) {
            FieldSpec field = field(node);
            fields.add(field);
            if (node.has("fields")) {
                String name = field.structName();
                structs.put(name, new StructSpec(name, field.about(), List.of()));
                structs.put(name, new StructSpec(name, field.about(), fields(node.path("fields"), structs)));
            }
        }
        return fields;
    }

    /** Kafka takes only the text "null" for a default of null; a bare {@code null} means the default of the type. */
    private static FieldSpec field(JsonNode node) {
        String name = node.path("name").asText();
        VersionSet tagged = versions(node, "taggedVersions", VersionSet.NONE);
        return new FieldSpec(
                Character.toLowerCase(name.charAt(0)) + name.substring(1),
                FieldType.parse(node.path("type").asText()),
                versions(node, "versions", tagged),
                versions(node, "nullableVersions", VersionSet.NONE),
                node.path("tag").asInt(-1),
                tagged,
                versions(node, "flexibleVersions", VersionSet.ALL),
                node.path("ignorable").asBoolean(false),
                node.hasNonNull("default") ? node.path("default").asText() : null,
                node.path("entityType").asText(null),
                node.path("about").asText(""));
    }

    private static VersionSet versions(JsonNode node, String key, VersionSet otherwise) {
        return node.has(key) ? VersionSet.parse(node.path(key).asText()) : otherwise;
    }
}
