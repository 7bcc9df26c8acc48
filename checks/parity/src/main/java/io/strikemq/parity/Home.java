package io.strikemq.parity;

import java.nio.file.Path;

/** Where this module's files and the built ones are. */
public record Home(Path folder) {
    /** The folder that the system property {@code parity.home} names, or the working directory. */
    public static Home find() {
        return new Home(Path.of(System.getProperty("parity.home", ".")).toAbsolutePath().normalize());
    }

    Path cases() {
        return folder.resolve("cases");
    }

    Path differences() {
        return folder.resolve("differences.yaml");
    }

    private Path root() {
        return folder.getParent().getParent();
    }

    Path jar() {
        return root().resolve("bootstrap/target/bootstrap.jar");
    }

    Path definitions() {
        return root().resolve("wire-generator/target/definitions/current/clients");
    }
}
