package io.strikemq.parity.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.strikemq.parity.cases.Paths;
import io.strikemq.parity.cases.Playing.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the differences between two playings of a case: field by field and, where nothing was masked, byte by byte. */
public final class Comparison {
    private static final int CORRELATION_ID = 4;

    private final String playing;
    private final Mask kafkaMask;
    private final Mask ourMask;
    private final List<Difference> differences = new ArrayList<>();

    public Comparison(String playing, Mask kafkaMask, Mask ourMask) {
        this.playing = playing;
        this.kafkaMask = kafkaMask;
        this.ourMask = ourMask;
    }

    /** All differences, in the order of the exchanges. */
    public List<Difference> of(List<Exchange> kafka, List<Exchange> ours) {
        for (int step = 0; step < Math.max(kafka.size(), ours.size()); step++) {
            if (step >= kafka.size() || step >= ours.size()) {
                throw new IllegalStateException(playing + ": one broker was asked more than the other");
            }
            compare(step, kafka.get(step), ours.get(step));
        }
        return differences;
    }

    private void compare(int step, Exchange kafka, Exchange ours) {
        Place place = new Place(kafka.call().api(), step);
        JsonNode theirs = kafkaMask.masked(kafka.answer().body());
        JsonNode own = ourMask.masked(ours.answer().body());
        int before = differences.size();
        compare(place, "", theirs, own);
        boolean isUnmasked =
                theirs.equals(kafka.answer().body()) && own.equals(ours.answer().body());
        if (differences.size() == before && isUnmasked) {
            compareBytes(place, kafka.answer().bytes(), ours.answer().bytes());
        }
    }

    /** Where in the conversation a difference was seen. */
    private record Place(String api, int step) {}

    private void compare(Place place, String path, JsonNode kafka, JsonNode ours) {
        if (kafka.isObject() && ours.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            kafka.fieldNames().forEachRemaining(names::add);
            ours.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(place, path.isEmpty() ? name : path + "." + name, kafka.path(name), ours.path(name));
            }
        } else if (kafka.isArray() && ours.isArray()) {
            Rows rows = Rows.of(kafka, ours);
            for (int i = 0; i < rows.count(); i++) {
                compare(place, path + "[" + i + "]", rows.kafka(i), rows.ours(i));
            }
        } else if (!kafka.equals(ours)) {
            add(place, path, shown(kafka), shown(ours));
        }
    }

    /** From behind the correlation id: one broker may have been asked more often until something was there. */
    private void compareBytes(Place place, byte[] kafka, byte[] ours) {
        int start = Math.min(CORRELATION_ID, Math.min(kafka.length, ours.length));
        int at = Arrays.mismatch(kafka, start, kafka.length, ours, start, ours.length);
        if (at >= 0) {
            add(place, "bytes from " + (start + at), hex(kafka, start + at), hex(ours, start + at));
        }
    }

    private static String hex(byte[] bytes, int from) {
        return HexFormat.of().formatHex(bytes, from, Math.min(bytes.length, from + 32));
    }

    private void add(Place place, String path, String kafka, String ours) {
        differences.add(new Difference(
                playing,
                place.api + " " + Paths.ofEvery(path).replaceAll("bytes from.*", "bytes"),
                "step " + (place.step + 1) + ", " + path,
                kafka,
                ours));
    }

    private static String shown(JsonNode node) {
        return node instanceof MissingNode ? "(nothing)" : node.toString();
    }
}
