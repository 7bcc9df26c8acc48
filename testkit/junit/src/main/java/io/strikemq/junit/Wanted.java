package io.strikemq.junit;

import io.strikemq.embedded.StrikeMQ;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * What a parameter or field is to be given.
 *
 * @param what the parameter or field in words, for errors
 * @param type its type with type arguments
 * @param broker the name of the broker that is meant; empty as a rule
 * @param isBootstrap whether it has {@link BootstrapServers}
 * @param client what it says about the client; empty where it says nothing
 */
record Wanted(String what, Class<?> raw, Type type, String broker, boolean isBootstrap, Optional<KafkaClient> client) {
    /**
     * What the parameter wants of a broker's extension: empty where it wants nothing. A client without an annotation of
     * ours wants something only if it has none of others' either: {@code @Mock Producer<…>} is not ours.
     */
    static Optional<Wanted> by(Parameter parameter) {
        boolean plain = parameter.getAnnotations().length == 0;
        boolean wanted = isAnnotated(parameter)
                || parameter.getType() == StrikeMQ.class
                || plain && ClientKind.of(parameter.getType()).isPresent();
        return wanted
                ? Optional.of(of(
                        "parameter '" + parameter + "' of " + parameter.getDeclaringExecutable(),
                        parameter,
                        parameter.getType(),
                        parameter.getParameterizedType()))
                : Optional.empty();
    }

    /** What the field wants: empty where it has no annotation of ours. */
    static Optional<Wanted> by(Field field) {
        return isAnnotated(field)
                ? Optional.of(of("field '" + field + "'", field, field.getType(), field.getGenericType()))
                : Optional.empty();
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return element.isAnnotationPresent(Broker.class)
                || element.isAnnotationPresent(BootstrapServers.class)
                || element.isAnnotationPresent(KafkaClient.class);
    }

    private static Wanted of(String what, AnnotatedElement element, Class<?> raw, Type type) {
        Broker broker = element.getAnnotation(Broker.class);
        return new Wanted(
                what,
                raw,
                type,
                broker == null ? "" : broker.value(),
                element.isAnnotationPresent(BootstrapServers.class),
                Optional.ofNullable(element.getAnnotation(KafkaClient.class)));
    }
}
