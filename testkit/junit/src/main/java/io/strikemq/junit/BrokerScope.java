package io.strikemq.junit;

/** How long a broker lives, and so which tests share it. */
public enum BrokerScope {
    /** Each test method, and each invocation of a repeated or parameterized one, has a broker of its own. */
    METHOD,

    /** The tests of a class share one, with those of its {@code @Nested} classes. */
    CLASS,

    /**
     * All tests of the run that ask for it share one, over all classes, for as long as their settings are the same. It
     * is closed when JUnit ends.
     */
    RUN
}
