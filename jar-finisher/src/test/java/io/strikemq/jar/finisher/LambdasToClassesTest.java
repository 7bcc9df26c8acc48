package io.strikemq.jar.finisher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdasToClassesTest {
    private static final List<String> CLASSES = List.of("Lambdas", "Lambdas$Named", "Lambdas$Inner");
    private static final String PACKAGE = "io/strikemq/jar/finisher/";

    @TempDir
    private Path folder;

    @Test
    void lambdasDoWhatTheyDidBefore() throws Exception {
        Map<String, byte[]> rewritten = rewritten(CLASSES);

        assertEquals(new Lambdas().get(), run(rewritten));
    }

    @Test
    void noneIsLeftToTheJvm() throws IOException {
        rewritten(CLASSES)
                .forEach((name, bytes) -> assertFalse(
                        new String(bytes, StandardCharsets.ISO_8859_1).contains("LambdaMetafactory"), name));
    }

    @Test
    void theOrderInWhichClassesComeDoesNotMatter() throws Exception {
        List<String> backwards = new ArrayList<>(CLASSES);
        backwards.sort((one, other) -> other.compareTo(one));

        assertEquals(new Lambdas().get(), run(rewritten(backwards)));
    }

    @Test
    void aClassWithoutLambdasKeepsItsBytes() throws IOException {
        byte[] plain = bytesOf("LambdasToClassesTest$Plain");
        LambdasToClasses lambdas = new LambdasToClasses();
        lambdas.add(plain);

        assertArrayEquals(plain, lambdas.finish().get(PACKAGE + "LambdasToClassesTest$Plain"));
    }

    @Test
    void aJarIsTheSameEachTimeAndHasWhatItHad() throws IOException {
        Path one = jar("one.jar");
        Path other = jar("other.jar");
        FinishJar.finish(one, List.of(PACKAGE));
        FinishJar.finish(other, List.of(PACKAGE));

        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
        try (JarFile finished = new JarFile(one.toFile())) {
            assertTrue(finished.stream().noneMatch(ZipEntry::isDirectory));
            assertEquals(
                    "text",
                    new String(
                            finished.getInputStream(finished.getEntry("folder/some.txt"))
                                    .readAllBytes(),
                            StandardCharsets.US_ASCII));
            assertTrue(finished.getEntry(PACKAGE + "Lambdas$Lambda0.class") != null);
        }
    }

    /** A class of no interest. */
    private static final class Plain {}

    private Path jar(String name) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("folder/"));
            out.putNextEntry(new ZipEntry("folder/some.txt"));
            out.write("text".getBytes(StandardCharsets.US_ASCII));
            for (String each : CLASSES) {
                out.putNextEntry(new ZipEntry(PACKAGE + each + ".class"));
                out.write(bytesOf(each));
            }
        }
        return jar;
    }

    private static Map<String, byte[]> rewritten(List<String> classes) throws IOException {
        LambdasToClasses lambdas = new LambdasToClasses();
        for (String name : classes) {
            lambdas.add(bytesOf(name));
        }
        return lambdas.finish();
    }

    private static byte[] bytesOf(String name) throws IOException {
        try (InputStream in = LambdasToClassesTest.class.getResourceAsStream(name + ".class")) {
            return in.readAllBytes();
        }
    }

    /** Runs {@link Lambdas} as the bytes have it, which the JVM checks as it loads them. */
    private static Object run(Map<String, byte[]> classes) throws ReflectiveOperationException {
        ClassLoader loader = new ClassLoader(LambdasToClassesTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                byte[] bytes = classes.get(name.replace('.', '/'));
                Class<?> loaded = findLoadedClass(name);
                if (bytes == null || loaded != null) {
                    return loaded == null ? super.loadClass(name, resolve) : loaded;
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Class<?> loaded = loader.loadClass(Lambdas.class.getName());
        return ((Supplier<?>) loaded.getConstructor().newInstance()).get();
    }
}
