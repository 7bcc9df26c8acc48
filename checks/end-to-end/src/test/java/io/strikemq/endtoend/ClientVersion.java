package io.strikemq.endtoend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One release of Apache Kafka's Java client, on a class path of its own.
 *
 * <p>The classes that drive it ({@link Driver} and its siblings) are loaded anew beside it, so that what they call is
 * that release's code; both worlds talk in JDK types only.
 */
final class ClientVersion implements AutoCloseable {
    private final String version;
    private final URLClassLoader loader;

    private ClientVersion(String version, URLClassLoader loader) {
        this.version = version;
        this.loader = loader;
    }

    /** The client of this release, which the build has put into the folder of clients. */
    static ClientVersion of(String version) {
        Path clients = Path.of(System.getProperty("strikemq.clients"));
        List<URL> urls = new ArrayList<>();
        try {
            for (String folder : List.of(version, "common")) {
                try (Stream<Path> jars = Files.list(clients.resolve(folder))) {
                    for (Path jar : (Iterable<Path>) jars::iterator) {
                        urls.add(jar.toUri().toURL());
                    }
                }
            }
            Path driver = Path.of(ClientVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            urls.add(new File(driver.toString()).toURI().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ClassLoader parent = ClassLoader.getPlatformClassLoader();
        return new ClientVersion(version, new URLClassLoader(urls.toArray(URL[]::new), parent));
    }

    /** A driver of this release: a command and its arguments in, lines out. */
    Function<List<String>, List<String>> driver(Class<?> driverClass, Map<String, String> settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Constructor<?> constructor = loader.loadClass(driverClass.getName()).getDeclaredConstructor(Map.class);
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked") // Every driver is such a function.
            Function<List<String>, List<String>> driver =
                    (Function<List<String>, List<String>>) constructor.newInstance(settings);
            return arguments -> within(() -> driver.apply(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kafka-clients " + version, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Kafka's clients find their own classes by the thread's context class loader. */
    private List<String> within(java.util.function.Supplier<List<String>> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "kafka-clients " + version;
    }
}
