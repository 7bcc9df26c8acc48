package io.strikemq.parity.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a request smaller as long as it still shows what it showed, and there is time. */
public final class Minimiser {
    private static final int MOST_TRIALS = 200;

    private final Predicate<JsonNode> shows;
    private final Instant deadline;
    private int trials;

    /**
     * @param shows    whether a request still shows the difference
     * @param deadline when it shall be content with what it has: silence takes long to show
     */
    public Minimiser(Predicate<JsonNode> shows, Instant deadline) {
        this.shows = shows;
        this.deadline = deadline;
    }

    /** The smallest request that was found by taking away one thing at a time. */
    public JsonNode minimise(JsonNode request) {
        JsonNode smallest = request;
        boolean isSmaller = true;
        while (isSmaller) {
            isSmaller = false;
            for (JsonNode smaller : withOneThingLess(smallest)) {
                if (trials++ < MOST_TRIALS && Instant.now().isBefore(deadline) && shows.test(smaller)) {
                    smallest = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<JsonNode> withOneThingLess(JsonNode node) {
        List<JsonNode> smaller = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                smaller.add(object.deepCopy().without(entry.getKey()));
                withOneThingLess(entry.getValue())
                        .forEach(inner -> smaller.add(object.deepCopy().set(entry.getKey(), inner)));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                ArrayNode without = array.deepCopy();
                without.remove(i);
                smaller.add(without);
                for (JsonNode inner : withOneThingLess(array.get(i))) {
                    ArrayNode with = array.deepCopy();
                    with.set(i, inner);
                    smaller.add(with);
                }
            }
        }
        return smaller;
    }
}
