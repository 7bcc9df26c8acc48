package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Reading;
import io.strikemq.parity.cases.Case.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads cases from YAML; the README of this module tells how they are written. */
public final class CaseFiles {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> STEP_WORDS =
            Set.of("on", "client", "keep", "until", "later", "unanswered", "answer", "close", "pause");

    private CaseFiles() {}

    /** All cases in and below a folder, in the order of their files. */
    public static List<Case> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Case> cases = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                cases.addAll(cases(file.getFileName().toString().replace(".yaml", ""), YAML.readTree(file.toFile())));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps under {@code given} of one file. */
    public static List<Step> given(Path file) {
        try {
            return steps(YAML.readTree(file.toFile()).path("given"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> cases(String file, JsonNode content) {
        List<Case> cases = new ArrayList<>();
        for (JsonNode node : content.path("cases")) {
            String api = text(node, "api", text(content, "api", null));
            String name = text(node, "case", null);
            try {
                cases.add(new Case(
                        file,
                        name,
                        api,
                        node.has("versions") ? node.get("versions") : content.path("versions"),
                        steps(content.path("given"), node.path("do")),
                        words(content.path("mask"), node.path("mask")),
                        words(content.path("unordered"), node.path("unordered")),
                        node.path("slow").asBoolean()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ": " + name + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }

    private static List<Step> steps(JsonNode... lists) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode list : lists) {
            for (JsonNode node : list) {
                List<JsonNode> all = Each.isOne(node) ? Each.of(node) : List.of(node);
                all.forEach(each -> steps.addAll(expanded(each)));
            }
        }
        return steps;
    }

    private static List<Step> expanded(JsonNode node) {
        return Shorthand.isOne(node) ? Shorthand.steps(node) : List.of(step(node));
    }

    private static Step step(JsonNode node) {
        if (node.has("answer")) {
            return new Case.ReadAnswer(node.get("answer").asText(), texts(node.path("keep")), reading(node));
        }
        if (node.has("close")) {
            return new Case.Close(node.get("close").asText());
        }
        if (node.has("pause")) {
            return new Case.Pause(node.get("pause").asLong());
        }
        List<String> apis = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!STEP_WORDS.contains(name)) {
                apis.add(name);
            }
        });
        if (apis.size() != 1) {
            throw new IllegalArgumentException("a step asks one API, not " + apis);
        }
        String[] api = apis.get(0).split("@");
        JsonNode body = node.get(apis.get(0));
        return new Ask(
                api[0],
                api.length > 1 ? Integer.parseInt(api[1]) : -1,
                body.isNull() ? JsonNodeFactory.instance.objectNode() : body,
                text(node, "on", "main"),
                text(node, "client", "parity"),
                texts(node.path("keep")),
                until(node),
                reading(node));
    }

    private static Reading reading(JsonNode node) {
        if (node.path("unanswered").asBoolean()) {
            return Reading.NEVER;
        }
        return node.path("later").asBoolean() ? Reading.LATER : Reading.AT_ONCE;
    }

    private static String text(JsonNode node, String name, String otherwise) {
        return node.has(name) ? node.get(name).asText() : otherwise;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static JsonNode until(JsonNode step) {
        if (step.has("until") && step.get("until").isEmpty()) {
            throw new IllegalArgumentException("'until' waits for nothing");
        }
        return step.has("until") ? step.get("until") : JsonNodeFactory.instance.objectNode();
    }

    private static Set<String> words(JsonNode... lists) {
        Set<String> words = new LinkedHashSet<>();
        for (JsonNode list : lists) {
            (list instanceof TextNode ? List.of(list) : list).forEach(word -> words.add(word.asText()));
        }
        return words;
    }
}
