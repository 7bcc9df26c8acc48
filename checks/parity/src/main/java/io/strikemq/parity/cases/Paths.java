package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Places in an answer: {@code topics[0].partitions[1].errorCode}. */
public final class Paths {
    private Paths() {}

    /** What stands there, or a missing node. */
    public static JsonNode find(JsonNode root, String path) {
        JsonNode at = root;
        for (String part : path.split("\\.|(?=\\[)")) {
            if (at == null) {
                return MissingNode.getInstance();
            }
            at = part.startsWith("[") ? at.path(Integer.parseInt(part.substring(1, part.length() - 1))) : at.path(part);
        }
        return at;
    }

    /** The same path for every element: {@code topics[].partitions[].errorCode}. */
    public static String ofEvery(String path) {
        return path.replaceAll("\\[\\d+]", "[]");
    }
}
