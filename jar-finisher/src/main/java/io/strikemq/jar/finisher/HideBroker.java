package io.strikemq.jar.finisher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The program: puts the broker's jar into the jar of the embedder, where nobody but its class loader finds it. That is a folder which is
 * no package, and its classes have another ending, so that neither the JVM nor any tool that searches a class path takes
 * them for classes of the process. The domain, which both sides share, stays where classes are.
 */
public final class HideBroker {
    private static final String FOLDER = "strikemq-broker/";
    private static final String HIDDEN_CLASS = ".classdata";
    private static final String SHARED = "io/strikemq/domain/";
    private static final String LOG_PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    private static final String LOG_PROVIDER = "io.strikemq.bootstrap.embedding.EmbeddedLogProvider";
    /** What is the process's own: the one finds loggers for the whole JVM, the other writes to its streams. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/MANIFEST\\.MF|META-INF/services/java\\.lang\\.System\\$LoggerFinder|META-INF/(LICENSE|NOTICE|licenses/.*)"
                    + "|simplelogger\\.properties|org/slf4j/simple/.*|META-INF/native-image/.*");

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/.*");

    private HideBroker() {}

    /** Takes the jar of the embedder, which is rewritten in its place, and that of the broker. */
    public static void main(String[] arguments) throws IOException {
        hide(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void hide(Path embedder, Path broker) throws IOException {
        Map<String, byte[]> files = JarFiles.read(embedder);
        Map<String, byte[]> hidden = new LinkedHashMap<>();
        JarFiles.read(broker).forEach((name, bytes) -> {
            if (name.startsWith(SHARED)) {
                files.put(name, bytes);
            } else if (!LEFT_OUT.matcher(name).matches()) {
                hidden.put(name, name.endsWith(JarFiles.CLASS) ? GoodGuest.of(bytes) : bytes);
            } else if (name.startsWith("META-INF/") && isForPeople(name)) {
                files.putIfAbsent(name, bytes);
            }
        });
        hidden.put(LOG_PROVIDERS, LOG_PROVIDER.getBytes(StandardCharsets.UTF_8));
        hidden.put("META-INF/versions/list", versions(hidden));
        hidden.forEach((name, bytes) -> files.put(FOLDER + hiddenName(name), bytes));
        JarFiles.replace(embedder, files);
    }

    private static boolean isForPeople(String name) {
        return name.matches("META-INF/(LICENSE|NOTICE|licenses/.*)");
    }

    private static String hiddenName(String name) {
        return name.endsWith(JarFiles.CLASS)
                ? name.substring(0, name.length() - JarFiles.CLASS.length()) + HIDDEN_CLASS
                : name;
    }

    /** For which Java versions there are classes of their own, a number each line, the highest first. */
    private static byte[] versions(Map<String, byte[]> files) {
        TreeSet<Integer> versions = new TreeSet<>();
        for (String name : files.keySet()) {
            Matcher matcher = VERSIONED.matcher(name);
            if (matcher.matches()) {
                versions.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return versions.descendingSet().stream()
                .map(String::valueOf)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
