package io.strikemq.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files below {@code strikemq-broker/} of the jar that this class is in. From a plain jar they are read by the
 * {@link ZipFile} that the JVM has open anyway; from elsewhere, say a jar in a jar, as resources of this class.
 */
final class HiddenFiles {
    private static final String FOLDER = "strikemq-broker/";

    private final List<String> versions;
    private final Source source;

    /** The entries of the jar. */
    private interface Source {
        /** The entry; null when there is none. */
        InputStream find(String entry) throws IOException;
    }

    private HiddenFiles(Source source) {
        this.source = source;
        this.versions = versions(source);
    }

    /** Opens them. */
    static HiddenFiles ofThisJar() {
        String location = whereWeAre();
        if (location.startsWith("file:") && location.endsWith(".jar")) {
            try {
                ZipFile jar = new ZipFile(new File(URI.create(location)));
                return new HiddenFiles(entry -> find(jar, entry));
            } catch (IOException | IllegalArgumentException e) {
                // A place that only its own loader can read, which is what resources are for.
            }
        }
        return new HiddenFiles(entry -> HiddenFiles.class.getResourceAsStream("/" + entry));
    }

    private static InputStream find(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        return entry == null ? null : jar.getInputStream(entry);
    }

    /** The place of the jar, for people too. */
    static String whereWeAre() {
        CodeSource source = HiddenFiles.class.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "an unknown place"
                : source.getLocation().toString();
    }

    /** The folders of classes for certain versions of Java, the highest first, but for those that are too new. */
    private static List<String> versions(Source source) {
        try (InputStream list = source.find(FOLDER + "META-INF/versions/list")) {
            return list == null
                    ? List.of()
                    : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(version -> Integer.parseInt(version)
                                    <= Runtime.version().feature())
                            .map(version -> "META-INF/versions/" + version + "/")
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file as this version of Java shall see it; null when there is none. */
    InputStream open(String name) throws IOException {
        for (String version : versions) {
            InputStream in = source.find(FOLDER + version + name);
            if (in != null) {
                return in;
            }
        }
        return source.find(FOLDER + name);
    }

    /** Its bytes. */
    Optional<byte[]> read(String name) {
        try (InputStream in = open(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's file " + name + " cannot be read from " + whereWeAre(), e);
        }
    }
}
