package io.strikemq.spring;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever gets the jar gets what its licence asks for. */
class LicenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"META-INF/LICENSE", "META-INF/NOTICE"})
    void isWithTheClasses(String name) throws IOException {
        URL ours = EmbeddedStrikeMQ.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {ours}, null)) {
            assertNotNull(loader.findResource(name), () -> name + " is not in " + ours);
        }
    }
}
