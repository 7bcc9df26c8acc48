package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import io.strikemq.domain.topic.config.ConfigRule.Fault;
import java.util.List;

/**
 * One config of topics (a row of {@link TopicConfigTable}), of brokers, groups or client metrics.
 *
 * @param name          Kafka's name
 * @param type          of its values
 * @param defaultValue  Kafka's; null where there is none: a topic's config is then internal, and not shown unless it is set
 * @param rule          what values must fulfil
 * @param synonyms      broker settings that it falls back to, most specific first
 * @param documentation one sentence
 */
public record ConfigKey(
        String name,
        Type type,
        String defaultValue,
        ConfigRule rule,
        List<BrokerSynonym> synonyms,
        String documentation) {
    public ConfigKey {
        synonyms = List.copyOf(synonyms);
    }

    /** Whether it is shown only where it is set. */
    public boolean isInternal() {
        return defaultValue == null;
    }

    /**
     * The value that a text stands for: Boolean, String, Integer, Long, Double or a list of strings.
     *
     * @throws BrokerException INVALID_CONFIG when the text is of another type or breaks the rule
     */
    public Object parse(String text) {
        Object value = convert(text);
        rule.fault(value).ifPresent(fault -> {
            throw new BrokerException(ErrorCode.INVALID_CONFIG, fault.of(name));
        });
        return rule.tidied(value);
    }

    /** The text as it is shown: parsed and written again. */
    public String canonical(String text) {
        Object value = parse(text);
        return value instanceof List<?> items
                ? String.join(",", items.stream().map(Object::toString).toList())
                : value.toString();
    }

    private Object convert(String untrimmed) {
        String text = untrimmed.trim();
        try {
            return switch (type) {
                case BOOLEAN -> bool(untrimmed);
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case LIST -> list(text);
                case SHORT -> Short.valueOf(text);
                case STRING, PASSWORD, UNKNOWN -> text;
                // There are no plugins here.
                case CLASS -> throw invalid(untrimmed, "Class " + text + " could not be found.");
            };
        } catch (NumberFormatException notANumber) {
            throw invalid(untrimmed, "Not a number of type " + type);
        }
    }

    private Boolean bool(String text) {
        String word = text.trim();
        if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
            return Boolean.valueOf(word);
        }
        throw invalid(text, "Expected value to be either true or false");
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
    }

    private BrokerException invalid(Object value, String fault) {
        return new BrokerException(
                ErrorCode.INVALID_CONFIG, Fault.invalid(value, fault).of(name));
    }
}
