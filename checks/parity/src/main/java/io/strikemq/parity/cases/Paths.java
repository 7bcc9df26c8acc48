package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/**
 * Places in an answer: {@code topics[0].partitions[1].errorCode}, or {@code topics[name=orders].topicId}, the first row that has
 * this value.
 */
public final class Paths {
    private static final Pattern PARTS = Pattern.compile("\\.(?![^\\[]*])|(?=\\[)");

    private Paths() {}

    /** What stands there, or a missing node. */
    public static JsonNode find(JsonNode root, String path) {
        JsonNode at = root;
        for (String part : PARTS.split(path)) {
            at = part.startsWith("[") ? row(at, part.substring(1, part.length() - 1)) : at.path(part);
        }
        return at;
    }

    private static JsonNode row(JsonNode rows, String which) {
        int equals = which.indexOf('=');
        if (equals < 0) {
            return rows.path(Integer.parseInt(which));
        }
        for (JsonNode row : rows) {
            if (row.path(which.substring(0, equals)).asText().equals(which.substring(equals + 1))) {
                return row;
            }
        }
        return MissingNode.getInstance();
    }

    /** The same path for every element: {@code topics[].partitions[].errorCode}. */
    public static String ofEvery(String path) {
        return path.replaceAll("\\[\\d+]", "[]");
    }
}
