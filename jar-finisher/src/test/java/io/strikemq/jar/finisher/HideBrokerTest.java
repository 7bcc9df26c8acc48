package io.strikemq.jar.finisher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HideBrokerTest {
    private static final String SELF = "io/strikemq/jar/finisher/HideBrokerTest.class";

    @TempDir
    private Path folder;

    @Test
    void onlyTheDomainStaysWhereClassesAre() throws IOException {
        Map<String, byte[]> hidden = hidden(Map.of(
                "io/strikemq/domain/A.class",
                new byte[] {1},
                SELF,
                bytes(SELF),
                "META-INF/versions/21/" + SELF,
                bytes(SELF),
                "org/slf4j/simple/SimpleLogger.class",
                new byte[0],
                "META-INF/services/java.lang.System$LoggerFinder",
                new byte[0],
                "META-INF/LICENSE",
                new byte[] {2},
                "some.tsv",
                new byte[] {3}));

        assertEquals(
                Set.of(
                        "io/strikemq/embedded/StrikeMQ.class",
                        "io/strikemq/domain/A.class",
                        "META-INF/LICENSE",
                        "strikemq-broker/some.tsv",
                        "strikemq-broker/io/strikemq/jar/finisher/HideBrokerTest.classdata",
                        "strikemq-broker/META-INF/versions/21/io/strikemq/jar/finisher/HideBrokerTest.classdata",
                        "strikemq-broker/META-INF/versions/list",
                        "strikemq-broker/META-INF/services/org.slf4j.spi.SLF4JServiceProvider"),
                hidden.keySet());
        assertEquals("21", new String(hidden.get("strikemq-broker/META-INF/versions/list"), StandardCharsets.UTF_8));
    }

    @Test
    void whatBelongsToTheProcessIsAskedOfUs() throws IOException {
        String changed = text(GoodGuest.of(bytes("io/strikemq/jar/finisher/HideBrokerTest$Logging.class")));
        assertTrue(changed.contains("io/strikemq/bootstrap/embedding/HiddenSystem"));
    }

    @Test
    void slf4jHasPropertiesOfItsOwn() throws IOException {
        String changed = text(GoodGuest.of(bytes("org/slf4j/LoggerFactory.class")));
        assertTrue(changed.contains("strikemq.slf4j.provider"));
    }

    @Test
    void whatDoesNotLogKeepsItsBytes() throws IOException {
        byte[] plain = bytes("io/strikemq/jar/finisher/LambdasToClasses.class");
        assertArrayEquals(plain, GoodGuest.of(plain));
    }

    private Map<String, byte[]> hidden(Map<String, byte[]> broker) throws IOException {
        Path embedder = folder.resolve("embedder.jar");
        Path jar = folder.resolve("broker.jar");
        JarFiles.replace(embedder, Map.of("io/strikemq/embedded/StrikeMQ.class", new byte[0]));
        JarFiles.replace(jar, new LinkedHashMap<>(broker));
        HideBroker.hide(embedder, jar);
        return JarFiles.read(embedder);
    }

    private static byte[] bytes(String name) throws IOException {
        String plain = name.replaceFirst("META-INF/versions/\\d+/", "");
        try (InputStream in = HideBrokerTest.class.getClassLoader().getResourceAsStream(plain)) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A class that logs as the application does. */
    static final class Logging {
        private static final System.Logger LOG = System.getLogger(Logging.class.getName());

        private Logging() {}

        static void log() {
            LOG.log(System.Logger.Level.INFO, "said");
        }
    }
}
