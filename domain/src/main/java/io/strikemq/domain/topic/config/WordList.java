package io.strikemq.domain.topic.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The rule of a config that is a set of words: no others, none of them empty, each counted once. */
record WordList(List<String> allowed) implements ConfigRule {
    @Override
    public Optional<String> fault(Object value) {
        return allowed.containsAll((List<?>) value)
                ? Optional.empty()
                : Optional.of("a list of " + String.join(", ", allowed));
    }

    @Override
    public Object tidied(Object value) {
        return List.copyOf(new LinkedHashSet<>((List<?>) value));
    }
}
