package io.strikemq.jar.finisher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program: rewrites a jar in its place, with the same bytes for the same jar. */
public final class FinishJar {
    private FinishJar() {}

    /** Takes the jar, and the beginnings of the names of the classes that are rewritten, such as {@code io/strikemq/}. */
    public static void main(String[] arguments) throws IOException {
        finish(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
    }

    static void finish(Path jar, List<String> prefixes) throws IOException {
        Map<String, byte[]> files = JarFiles.read(jar);
        LambdasToClasses lambdas = new LambdasToClasses();
        files.forEach((name, bytes) -> {
            if (name.endsWith(JarFiles.CLASS) && prefixes.stream().anyMatch(name::startsWith)) {
                lambdas.add(bytes);
            }
        });
        lambdas.finish().forEach((name, bytes) -> files.put(name + JarFiles.CLASS, bytes));
        JarFiles.replace(jar, files);
    }
}
