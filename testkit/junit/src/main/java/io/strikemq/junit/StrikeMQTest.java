package io.strikemq.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a Kafka broker that runs in the same JVM, on a free port, with its records in memory.
 *
 * <pre>{@code
 * @StrikeMQTest(topics = @Topic(name = "orders", partitions = 3))
 * class OrdersTest {
 *     @Test
 *     void placesAnOrder(Producer<String, String> producer, Consumer<String, String> consumer) { … }
 * }
 * }</pre>
 *
 * <p>May stand on an annotation of your own, on a superclass or on an interface. A {@code @Nested} class shares the
 * broker of the class around it, unless it has this annotation itself: then it has a broker of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(StrikeMQExtension.class)
public @interface StrikeMQTest {
    /** Topics that exist before each test, in addition to those of {@link Topic} on classes and methods. */
    Topic[] topics() default {};

    /** Settings of the broker as {@code name=value}, by their names in StrikeMQ or Kafka. */
    String[] settings() default {};

    /** How long a broker lives. */
    BrokerScope scope() default BrokerScope.CLASS;

    /**
     * Whether a broker that several tests share is reset before each of them, so that none finds topics, groups or
     * transactions of another; clients stay connected. Tests that share a broker then run one after the other, also
     * where JUnit would run them in parallel. With {@code false} they share what is in the broker, and run as JUnit
     * pleases.
     */
    boolean resetBeforeEach() default true;
}
