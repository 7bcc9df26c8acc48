package io.strikemq.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A topic that exists before the test: before each one of a class, or before the one method that it stands on. What
 * stands nearer to the test counts where two name the same topic.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(Topic.List.class)
public @interface Topic {
    /** The topic's name. */
    String name();

    /** How many partitions it has, at least 1. */
    int partitions() default 1;

    /** Configs of the topic as {@code name=value}, such as {@code cleanup.policy=compact}. */
    String[] configs() default {};

    /** Several topics on one class or method; written by the compiler. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface List {
        /** The topics. */
        Topic[] value();
    }
}
