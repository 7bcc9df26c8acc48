package io.strikemq.parity.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of two arrays side by side. Where one has rows that the other lacks, they are matched by what stands first in
 * them, a name or a number, so that one row more is one difference and not one in each row behind it.
 */
record Rows(List<JsonNode> left, List<JsonNode> right) {
    static Rows of(JsonNode kafka, JsonNode ours) {
        Map<JsonNode, JsonNode> theirs = byFirstField(kafka);
        Map<JsonNode, JsonNode> own = byFirstField(ours);
        if (kafka.size() == ours.size() || theirs.size() != kafka.size() || own.size() != ours.size()) {
            return inOrder(kafka, ours);
        }
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        theirs.forEach((key, row) -> rows.add(row, own.getOrDefault(key, MissingNode.getInstance())));
        own.forEach((key, row) -> {
            if (!theirs.containsKey(key)) {
                rows.add(MissingNode.getInstance(), row);
            }
        });
        return rows;
    }

    private static Map<JsonNode, JsonNode> byFirstField(JsonNode array) {
        Map<JsonNode, JsonNode> rows = new LinkedHashMap<>();
        array.forEach(row ->
                rows.put(row.isObject() && !row.isEmpty() ? row.iterator().next() : row, row));
        return rows;
    }

    private static Rows inOrder(JsonNode kafka, JsonNode ours) {
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < Math.max(kafka.size(), ours.size()); i++) {
            rows.add(kafka.path(i), ours.path(i));
        }
        return rows;
    }

    private void add(JsonNode kafka, JsonNode ours) {
        left.add(kafka);
        right.add(ours);
    }

    int count() {
        return left.size();
    }

    JsonNode kafka(int row) {
        return left.get(row);
    }

    JsonNode ours(int row) {
        return right.get(row);
    }
}
