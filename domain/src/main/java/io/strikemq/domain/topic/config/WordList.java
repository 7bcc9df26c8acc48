package io.strikemq.domain.topic.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The rule of a config that is a set of words: no others, none of them empty, each counted once. */
record WordList(List<String> allowed) implements ConfigRule {
    @Override
    public Optional<Fault> fault(Object value) {
        return ((List<?>) value)
                .stream().filter(word -> !allowed.contains(word)).findFirst().map(this::refusal);
    }

    private Fault refusal(Object word) {
        return word.equals("")
                ? config -> "Configuration '" + config + "' values must not be empty."
                : Fault.invalid(word, "String must be one of: " + String.join(", ", allowed));
    }

    @Override
    public Object tidied(Object value) {
        return List.copyOf(new LinkedHashSet<>((List<?>) value));
    }
}
