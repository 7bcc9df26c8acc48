package io.strikemq.parity.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikemq.parity.peer.Peer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes answers of two brokers comparable: what each makes up for itself (ids, ports, times) gets a name by the order of
 * its first appearance, so that it still must appear in the same places. One for each broker and playing of a case.
 */
public final class Mask {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern RANDOM = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![\\w-])[A-Za-z0-9_-]{22}(?![\\w-])");
    private static final Pattern ERRORS =
            Pattern.compile("\"errorCode\":-?\\d+,?|\"errorMessage\":(?:null|\"(?:[^\"\\\\]|\\\\.)*\"),?");
    /** A time, or what was counted from one. */
    private static final Pattern TIME = Pattern.compile("-?\\b\\d{13,19}\\b");

    private static final Set<String> OWN_NUMBERS = Set.of("producerId", "sessionId");
    private static final Set<String> SIZES = Set.of("totalBytes", "usableBytes");
    private static final String NOTHING = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final long DAY_MILLIS = 86_400_000;

    private final Peer peer;
    private final Set<String> masked;
    private final Set<String> unordered;
    private final Map<String, String> names = new HashMap<>();
    private final long now = System.currentTimeMillis();

    public Mask(Peer peer, Set<String> masked, Set<String> unordered) {
        this.peer = peer;
        this.masked = masked;
        this.unordered = unordered;
    }

    public JsonNode masked(JsonNode body) {
        return masked("", body);
    }

    private JsonNode masked(String field, JsonNode node) {
        if (masked.contains(field) && !node.isMissingNode()) {
            return JSON.textNode("<" + field + ">");
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(e -> copy.set(e.getKey(), masked(e.getKey(), e.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            return maskedArray(field, array);
        }
        if (node.isTextual()) {
            return JSON.textNode(text(node.textValue()));
        }
        return node.isIntegralNumber() ? number(field, node) : node;
    }

    private JsonNode maskedArray(String field, ArrayNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        if (unordered.contains(field)) {
            elements.sort(Comparator.comparing(Mask::aboutWhat).thenComparing(Mask::withoutIds));
        }
        ArrayNode copy = JSON.arrayNode();
        elements.forEach(element -> copy.add(masked(field, element)));
        return copy;
    }

    /** Rows about the same belong together, whatever is told of it. */
    private static String aboutWhat(JsonNode row) {
        return ERRORS.matcher(withoutIds(row)).replaceAll("");
    }

    private static String withoutIds(JsonNode row) {
        return RANDOM.matcher(row.toString()).replaceAll("");
    }

    private String text(String text) {
        String own = text.replace(peer.data().toString(), "<data>").replace(Peer.HOST + ":" + peer.port(), "<address>");
        String known = TIME.matcher(own).replaceAll("<time>");
        return RANDOM.matcher(known)
                .replaceAll(match ->
                        match.group().equals(NOTHING) ? NOTHING : Matcher.quoteReplacement(named("id", match.group())));
    }

    private JsonNode number(String field, JsonNode node) {
        long value = node.asLong();
        if (field.equals("port") && value == peer.port()) {
            return JSON.textNode("<port>");
        }
        if (OWN_NUMBERS.contains(field) && value > 0) {
            return JSON.textNode(named(field, node.asText()));
        }
        if (SIZES.contains(field) && value > 0) {
            return JSON.textNode("<size>");
        }
        return Math.abs(value - now) < DAY_MILLIS ? JSON.textNode("<now>") : node;
    }

    private String named(String kind, String value) {
        return names.computeIfAbsent(kind + value, key -> "<" + kind + " " + (names.size() + 1) + ">");
    }
}
