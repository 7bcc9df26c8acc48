package io.strikemq.domain.topic.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a config's value must fulfil beside its type. */
@FunctionalInterface
public interface ConfigRule {
    /** What is wrong with a value; empty when it is right. */
    Optional<Fault> fault(Object value);

    /** What is wrong, in Kafka's words. */
    @FunctionalInterface
    interface Fault {
        /** As it is told of the config of that name. */
        String of(String config);

        /** This value is wrong; the reason says what would be right. */
        static Fault invalid(Object value, String reason) {
            return config -> "Invalid value " + value + " for configuration " + config + ": " + reason;
        }
    }

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
        return value -> ((Number) value).longValue() >= smallest
                ? Optional.empty()
                : Optional.of(Fault.invalid(value, "Value must be at least " + smallest));
    }

    /** A number from {@code smallest} to {@code largest}; not-a-number passes, as in Kafka. */
    static ConfigRule between(long smallest, long largest) {
        return value -> {
            double number = ((Number) value).doubleValue();
            if (number < smallest) {
                return Optional.of(Fault.invalid(value, "Value must be at least " + smallest));
            }
            return number > largest
                    ? Optional.of(Fault.invalid(value, "Value must be no more than " + largest))
                    : Optional.empty();
        };
    }

    /** A number from {@code smallest} to {@code largest}, or this one. */
    static ConfigRule betweenOrExactly(long smallest, long largest, long exception) {
        return value -> {
            long number = ((Number) value).longValue();
            return number >= smallest && number <= largest || number == exception
                    ? Optional.empty()
                    : Optional.of(Fault.invalid(
                            value,
                            "Value must be between " + smallest + " and " + largest + " or equal to " + exception));
        };
    }

    /** One of these words. */
    static ConfigRule oneOf(String... words) {
        List<String> allowed = List.of(words);
        return value -> allowed.contains(value)
                ? Optional.empty()
                : Optional.of(Fault.invalid(value, "String must be one of: " + String.join(", ", allowed)));
    }

    /** One of these words, in upper case or lower. */
    static ConfigRule oneOfInAnyCase(String... words) {
        List<String> allowed = List.of(words);
        return value -> allowed.stream().anyMatch(word -> word.equalsIgnoreCase((String) value))
                ? Optional.empty()
                : Optional.of(Fault.invalid(
                        value, "String must be one of (case insensitive): " + String.join(", ", allowed)));
    }

    /** A text that says something. */
    static ConfigRule notEmpty() {
        return value -> ((String) value).isEmpty()
                ? Optional.of(Fault.invalid("", "String must be non-empty"))
                : Optional.empty();
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
            return right
                    ? Optional.empty()
                    : Optional.of(config -> Fault.invalid(
                                    value,
                                    config + " must be the literal '*' or a list of replicas in the following format:"
                                            + " [partitionId]:[brokerId],[partitionId]:[brokerId],...")
                            .of(config));
        };
    }
}
