package io.strikemq.parity.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The differences on purpose, each with its reason: {@code differences.yaml}, of which docs/differences.md is made. */
public final class KnownDifferences {
    private static final String HEAD = "| where";

    private final List<Known> all;
    private final Set<Sight> seen = new HashSet<>();

    /**
     * One of them.
     *
     * @param seen   how it shows in comparisons
     * @param unseen why a run may not show it; empty where each whole run must, one way or the other
     */
    public record Known(String where, String kafka, String here, String why, List<Sight> seen, String unseen) {}

    /** How a difference shows: all that is given must match. Compared by identity, as patterns are. */
    public record Sight(Pattern at, Pattern playing, Pattern kafka, Pattern ours) {
        /** Whether each whole run shows it; random requests may happen not to. */
        boolean isCertain() {
            return !playing.pattern().startsWith("^random");
        }

        boolean matches(Difference difference) {
            return at.matcher(difference.at()).matches()
                    && playing.matcher(difference.playing()).find()
                    && kafka.matcher(difference.kafka()).find()
                    && ours.matcher(difference.ours()).find();
        }
    }

    private KnownDifferences(List<Known> all) {
        this.all = all;
    }

    public static KnownDifferences read(Path file) {
        try {
            List<Known> all = new ArrayList<>();
            for (JsonNode node : new YAMLMapper().readTree(file.toFile()).path("differences")) {
                all.add(known(node));
            }
            return new KnownDifferences(List.copyOf(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Known known(JsonNode node) {
        List<Sight> sights = new ArrayList<>();
        node.path("seen")
                .forEach(sight -> sights.add(new Sight(
                        Pattern.compile(required(sight, "at")),
                        pattern(sight, "case"),
                        pattern(sight, "kafka"),
                        pattern(sight, "here"))));
        String unseen = node.path("unseen").asText("");
        if (sights.isEmpty() && unseen.isEmpty()) {
            throw new IllegalArgumentException(
                    "a difference is seen, or says why it may not be: " + required(node, "where"));
        }
        return new Known(
                required(node, "where"),
                required(node, "kafka"),
                required(node, "here"),
                required(node, "why"),
                List.copyOf(sights),
                unseen);
    }

    private static String required(JsonNode node, String name) {
        if (!node.hasNonNull(name)) {
            throw new IllegalArgumentException("a difference lacks '" + name + "': " + node);
        }
        String text = node.get(name).asText().strip();
        if (text.contains("|") && !name.equals("at")) {
            throw new IllegalArgumentException("a '|' breaks the table: " + text);
        }
        return text;
    }

    private static Pattern pattern(JsonNode node, String name) {
        return Pattern.compile(node.path(name).asText(""), Pattern.DOTALL);
    }

    /** Those of the differences that are not on purpose. */
    public List<Difference> unlisted(List<Difference> differences) {
        return differences.stream().filter(difference -> !covers(difference)).toList();
    }

    /** Whether this difference is on purpose; remembers that it was seen. */
    public boolean covers(Difference difference) {
        boolean isCovered = false;
        for (Known known : all) {
            for (Sight sight : known.seen()) {
                if (sight.matches(difference)) {
                    seen.add(sight);
                    isCovered = true;
                }
            }
        }
        return isCovered;
    }

    /** What should have shown in a whole run and did not: it differs no more. Each sight in cases must, and of an entry at least one. */
    public List<String> notSeen() {
        List<String> notSeen = new ArrayList<>();
        for (Known known : all) {
            known.seen().stream()
                    .filter(sight -> sight.isCertain() && !seen.contains(sight))
                    .forEach(sight -> notSeen.add(known.where() + ": " + sight));
            if (known.unseen().isEmpty() && known.seen().stream().noneMatch(seen::contains)) {
                notSeen.add(known.where());
            }
        }
        return notSeen;
    }

    /** Puts the table in the place of the one that ends a document. */
    public void writeTo(Path document) throws IOException {
        String text = Files.readString(document);
        Files.writeString(document, text.substring(0, text.indexOf(HEAD)) + asTable());
    }

    /** The table of docs/differences.md. */
    public String asTable() {
        StringBuilder table = new StringBuilder(HEAD + " | Kafka | here | why |\n| --- | --- | --- | --- |\n");
        for (Known known : all) {
            table.append("| ")
                    .append(String.join(" | ", known.where(), known.kafka(), known.here(), known.why()))
                    .append(" |\n");
        }
        return table.toString();
    }
}
