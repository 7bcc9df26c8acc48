package io.strikemq.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a field of a client type ({@code Producer}, {@code KafkaProducer}, {@code Consumer}, {@code KafkaConsumer},
 * {@code Admin}, {@code AdminClient}): a client of the broker is put there, made by the kafka-clients on the class path
 * and closed after the test, or after the class where the field is static. On a parameter it is needed only where
 * something is to be set.
 *
 * <p>Serializers follow from the declared types: {@code Producer<String, byte[]>} writes keys as strings. A consumer
 * begins at the start of a topic, has a group of its own, and lets the broker wait 50 ms for records, so that it is soon
 * closed; all of it unless told otherwise here.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface KafkaClient {
    /** Properties of the client as {@code name=value}; they count before what the extension would set. */
    String[] properties() default {};

    /** The consumer's {@code group.id}; empty: a group that no other consumer is in. */
    String group() default "";

    /** Topics that the consumer is subscribed to from the start; none: that is the test's to do. */
    String[] topics() default {};
}
