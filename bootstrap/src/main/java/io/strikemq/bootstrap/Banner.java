package io.strikemq.bootstrap;

import io.strikemq.bootstrap.config.ListenerAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the user reads at the start, as on the product's page, with true values. */
final class Banner {
    private static final String RULE = "═".repeat(43);

    private Banner() {}

    static String text(Endpoints endpoints, int ioThreads, boolean threadsAreAutomatic) {
        return String.join(
                "\n",
                RULE,
                "StrikeMQ v" + Version.current() + " — Sub-Millisecond Broker",
                RULE,
                "Platform:   " + platform(),
                "Kafka Port: " + endpoints.port(),
                "HTTP API:   " + endpoints.httpPort(),
                "IO Threads: " + ioThreads + (threadsAreAutomatic ? " (auto)" : ""),
                RULE);
    }

    /** A line for each Kafka listener, with its name where it has one that says something. */
    static String listening(List<ListenerAddress> listeners) {
        boolean named = listeners.stream().anyMatch(listener -> !listener.name().equals("PLAINTEXT"));
        return listeners.stream()
                .map(listener -> "Listening on " + (named ? listener.toString() : listener.authority()))
                .collect(Collectors.joining("\n"));
    }

    /** The operating system and what its selectors are made of. */
    static String platform() {
        String system = System.getProperty("os.name");
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.contains("linux")) {
            return "Linux (epoll)";
        }
        if (lower.contains("mac")) {
            return "macOS (kqueue)";
        }
        return system;
    }
}
