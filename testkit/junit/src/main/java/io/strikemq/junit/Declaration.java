package io.strikemq.junit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What was asked for, by annotation or builder.
 *
 * @param name empty where the broker has none
 * @param scope empty: {@link BrokerScope#CLASS} where the extension sees classes begin, {@link BrokerScope#METHOD} else
 * @param topics by name, in the order in which they were declared
 */
record Declaration(
        String name,
        Optional<BrokerScope> scope,
        boolean resetBeforeEach,
        Map<String, String> settings,
        Map<String, DeclaredTopic> topics) {
    /** What holds where nothing was said. */
    static final Declaration DEFAULTS = new Declaration("", Optional.empty(), true, Map.of(), Map.of());

    /** What the class, or what it inherits from, is annotated with; the classes around it do not count. */
    static Optional<Declaration> on(Class<?> testClass) {
        return AnnotationSupport.findAnnotation(testClass, StrikeMQTest.class).map(Declaration::of);
    }

    private static Declaration of(StrikeMQTest annotation) {
        Map<String, DeclaredTopic> topics = new LinkedHashMap<>();
        Stream.of(annotation.topics()).map(DeclaredTopic::of).forEach(topic -> topics.put(topic.name(), topic));
        return new Declaration(
                "",
                Optional.of(annotation.scope()),
                annotation.resetBeforeEach(),
                pairs("A setting", annotation.settings()),
                topics);
    }

    Declaration withScope(BrokerScope chosen) {
        return new Declaration(name, Optional.of(chosen), resetBeforeEach, settings, topics);
    }

    /** Takes {@code name=value} apart. */
    static Map<String, String> pairs(String what, String... given) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new ExtensionConfigurationException(what + " is written name=value, but this is: " + pair);
            }
            pairs.put(
                    pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
        return pairs;
    }
}
