package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a user gets onto the class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JarTest {
    private List<String> entries;

    @BeforeAll
    void open() throws IOException {
        try (JarFile jar = new JarFile(ChildProcess.jar().toFile())) {
            entries = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    @Test
    void onlyOurPackagesHaveClasses() {
        Set<String> packages = new TreeSet<>();
        entries.stream()
                .filter(name -> name.endsWith(".class"))
                .forEach(name -> packages.add(name.replaceFirst("^(io/strikemq/[a-z]+)/.*", "$1")));
        assertEquals(Set.of("io/strikemq/domain", "io/strikemq/embedded"), packages);
    }

    @Test
    void nothingElseLiesWhereOthersMightFindIt() {
        Set<String> others = new TreeSet<>();
        entries.stream()
                .filter(name -> !name.startsWith("io/strikemq/"))
                .forEach(name ->
                        others.add(name.replaceFirst("^(META-INF/licenses|META-INF/maven|strikemq-broker)/.*", "$1")));
        assertEquals(
                Set.of(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses",
                        "META-INF/maven",
                        "strikemq-broker"),
                others);
    }

    @Test
    void thereIsNoClassOfApacheKafka() {
        assertEquals(
                List.of(),
                entries.stream()
                        .filter(name -> name.contains("org/apache/kafka"))
                        .toList());
    }
}
