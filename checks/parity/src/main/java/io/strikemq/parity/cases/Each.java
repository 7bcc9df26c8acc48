package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A step for many values: {@code each: {config: [a, b], value: [x, y]}} makes four, with {@code ${config}} and {@code ${value}} in them. */
final class Each {
    private static final String WORD = "each";

    private Each() {}

    static boolean isOne(JsonNode node) {
        return node.has(WORD);
    }

    /** The step once for each combination of values, the last name's values fastest. */
    static List<JsonNode> of(JsonNode node) {
        ObjectNode step = node.deepCopy();
        List<JsonNode> steps = List.of(step);
        for (Map.Entry<String, JsonNode> values : step.remove(WORD).properties()) {
            List<JsonNode> more = new ArrayList<>();
            for (JsonNode each : steps) {
                values.getValue()
                        .forEach(value -> more.add(replaced(each, "${" + values.getKey() + "}", value.asText())));
            }
            steps = more;
        }
        return steps;
    }

    private static JsonNode replaced(JsonNode node, String name, String value) {
        if (node instanceof TextNode text) {
            return JsonNodeFactory.instance.textNode(text.textValue().replace(name, value));
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> copy.set(entry.getKey(), replaced(entry.getValue(), name, value)));
            return copy;
        }
        if (node.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(replaced(element, name, value)));
            return copy;
        }
        return node;
    }
}
