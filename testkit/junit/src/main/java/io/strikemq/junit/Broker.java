package io.strikemq.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a field of type {@code StrikeMQ}: the broker's handle is put there before each test, and before the first one of a
 * class where the field is static. With a name, on a field or a parameter of any type that the extension knows: the one
 * of several brokers that is meant, by the name that {@link StrikeMQExtension.Builder#name} gave it.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Broker {
    /** The broker's name; empty where there is one broker without a name. */
    String value() default "";
}
