package io.strikemq.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application context of a Spring test a Kafka broker that runs in the same JVM, on a free port, with its
 * records in memory: {@code spring.kafka.bootstrap-servers} and {@code spring.embedded.kafka.brokers} lead to it, and the
 * handle of type {@link io.strikemq.embedded.StrikeMQ} is a bean.
 *
 * <pre>{@code
 * @SpringBootTest
 * @EmbeddedStrikeMQ(topics = "orders")
 * class OrdersTest { … }
 * }</pre>
 *
 * <p>The broker lives as long as its context: tests with the same configuration share both, {@code @DirtiesContext} ends
 * both, and {@code @Nested} classes inherit both. The attributes that Spring Kafka's {@code @EmbeddedKafka} has too mean
 * the same as there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface EmbeddedStrikeMQ {
    /** Topics that exist before the context starts; placeholders are resolved, and may stand for several with commas. */
    String[] topics() default {};

    /** How many partitions {@link #topics} have, and topics that are created by asking for them. */
    int partitions() default 2;

    /** Settings of the broker as {@code name=value}, by their names in StrikeMQ or Kafka; placeholders are resolved. */
    String[] brokerProperties() default {};

    /** Where a properties file with more of them is, such as {@code classpath:broker.properties}; those above count first. */
    String brokerPropertiesLocation() default "";

    /** The property that is set to the broker's address, besides {@code spring.embedded.kafka.brokers}. */
    String bootstrapServersProperty() default "spring.kafka.bootstrap-servers";

    /** The port of the broker; none, or 0, for a free one. It is an array of one for the sake of {@code @EmbeddedKafka}. */
    int[] ports() default {};

    /**
     * Whether the broker is reset before each test method, so that none finds topics, groups or transactions of another;
     * {@link #topics} are there again. The clients of the context stay connected.
     */
    boolean resetBeforeEach() default false;
}
