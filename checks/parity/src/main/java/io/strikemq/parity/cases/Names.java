package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code $name} stands for in a case: a value that was kept from an answer or, if none was, a name of its own for
 * this playing of the case, the same with both brokers. So cases never meet each other's topics and groups.
 */
final class Names {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("\\$\\{?([A-Za-z]\\w*)}?");

    private final String playing;
    private final Map<String, JsonNode> kept = new HashMap<>();

    Names(String playing) {
        this.playing = playing;
    }

    void keep(String name, JsonNode value) {
        kept.put(name, value);
    }

    /** The same tree with all names replaced; a kept value keeps its type where it stands alone. */
    JsonNode replaced(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(entry -> copy.set(replaced(entry.getKey()), replaced(entry.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(element -> copy.add(replaced(element)));
            return copy;
        }
        return node instanceof TextNode text ? text(text) : node;
    }

    private JsonNode text(TextNode text) {
        Matcher whole = NAME.matcher(text.textValue());
        if (whole.matches() && kept.containsKey(whole.group(1))) {
            return kept.get(whole.group(1));
        }
        return JSON.textNode(replaced(text.textValue()));
    }

    /** The text with all names replaced. */
    String replaced(String text) {
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(meaning(match.group(1))));
    }

    private String meaning(String name) {
        JsonNode value = kept.get(name);
        return value == null ? name + "-" + playing : value.asText();
    }
}
