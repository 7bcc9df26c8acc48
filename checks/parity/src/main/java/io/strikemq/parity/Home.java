package io.strikemq.parity;

import java.nio.file.Path;

/** Where this module's files and the built ones are. */
public record Home(Path folder) {
    /** The folder that the system property {@code parity.home} names, or the working directory. */
    public static Home find() {
        return new Home(
                Path.of(System.getProperty("parity.home", ".")).toAbsolutePath().normalize());
    }

    public Path cases() {
        return folder.resolve("cases");
    }

    /** What random requests find. */
    public Path randomGiven() {
        return folder.resolve("random.yaml");
    }

    public Path differences() {
        return folder.resolve("differences.yaml");
    }

    /** Apache Kafka's settings, with places to be filled in. */
    public Path kafkaSettings() {
        return folder.resolve("apache-kafka.properties");
    }

    /** What both brokers are told beside that when their answers are compared. */
    public Path impatience() {
        return folder.resolve("impatient.properties");
    }

    /** The table that users read. */
    public Path document() {
        return root().resolve("docs/differences.md");
    }

    private Path root() {
        return folder.getParent().getParent();
    }

    public Path jar() {
        return root().resolve("bootstrap/target/bootstrap.jar");
    }

    public Path definitions() {
        return root().resolve("wire-generator/target/definitions/current/clients");
    }
}
