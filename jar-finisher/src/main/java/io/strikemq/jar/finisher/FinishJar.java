package io.strikemq.jar.finisher;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The program: rewrites a jar in its place, with the same bytes for the same jar. */
public final class FinishJar {
    private static final String CLASS = ".class";
    /** The first that a jar can have. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private FinishJar() {}

    /** Takes the jar, and the beginnings of the names of the classes that are rewritten, such as {@code io/strikemq/}. */
    public static void main(String[] arguments) throws IOException {
        finish(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
    }

    static void finish(Path jar, List<String> prefixes) throws IOException {
        Map<String, byte[]> files = read(jar);
        LambdasToClasses lambdas = new LambdasToClasses();
        files.forEach((name, bytes) -> {
            if (name.endsWith(CLASS) && prefixes.stream().anyMatch(name::startsWith)) {
                lambdas.add(bytes);
            }
        });
        lambdas.finish().forEach((name, bytes) -> files.put(name + CLASS, bytes));
        Path temporary = jar.resolveSibling(jar.getFileName() + ".new");
        write(temporary, files);
        Files.move(temporary, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Entries of folders are left out: nothing asks for them, and each start reads all entries. */
    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static void write(Path jar, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(TIME);
                out.putNextEntry(entry);
                out.write(file.getValue());
            }
        }
    }
}
