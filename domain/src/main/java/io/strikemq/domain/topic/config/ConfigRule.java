package io.strikemq.domain.topic.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a config's value must fulfil beside its type. */
@FunctionalInterface
public interface ConfigRule {
    /** What would be right, as in "must be …"; empty when the value is right already. */
    Optional<String> fault(Object value);

    /** The value as it is used: most rules leave it as it is. */
    default Object tidied(Object value) {
        return value;
    }

    /** Every value of the type is right. */
    static ConfigRule any() {
        return value -> Optional.empty();
    }

    /** A number that is not smaller than this. */
    static ConfigRule atLeast(long smallest) {
        return value ->
                ((Number) value).longValue() >= smallest ? Optional.empty() : Optional.of("at least " + smallest);
    }

    /** A number from {@code smallest} to {@code largest}; not-a-number passes, as in Kafka. */
    static ConfigRule between(long smallest, long largest) {
        return value -> {
            double number = ((Number) value).doubleValue();
            return number < smallest || number > largest
                    ? Optional.of("from " + smallest + " to " + largest)
                    : Optional.empty();
        };
    }

    /** What another rule allows, and this number. */
    static ConfigRule orExactly(ConfigRule rule, long exception) {
        return value -> ((Number) value).longValue() == exception
                ? Optional.empty()
                : rule.fault(value).map(right -> right + ", or " + exception);
    }

    /** One of these words. */
    static ConfigRule oneOf(String... words) {
        List<String> allowed = List.of(words);
        return value ->
                allowed.contains(value) ? Optional.empty() : Optional.of("one of " + String.join(", ", allowed));
    }

    /** A list of any of these words, perhaps empty; one that is repeated counts once. */
    static ConfigRule listOf(String... words) {
        return new WordList(List.of(words));
    }

    /** A list of {@code partition:broker}, where items may be empty as in Kafka, or the one word {@code *}. */
    static ConfigRule replicaList() {
        Pattern replica = Pattern.compile("([0-9]+:[0-9]+)?");
        return value -> {
            List<?> items = (List<?>) value;
            boolean right = items.equals(List.of("*"))
                    || items.stream()
                            .allMatch(item -> replica.matcher((String) item).matches());
            return right ? Optional.empty() : Optional.of("'*' or a list of partition:broker pairs");
        };
    }
}
