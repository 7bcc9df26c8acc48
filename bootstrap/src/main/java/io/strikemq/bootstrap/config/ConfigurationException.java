package io.strikemq.bootstrap.config;

import java.util.List;

/** The configuration is wrong; holds one sentence for each thing that is. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
