package io.strikemq.adapter.kafka.message;

import io.strikemq.wire.generator.model.MessageSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The message classes of one Kafka release, in a class loader of their own. */
final class OriginalKafka implements AutoCloseable {
    private static final String PROTOCOL = "org.apache.kafka.common.protocol.";
    private static final List<String> PACKAGES = List.of(
            "org.apache.kafka.common.message.",
            "org.apache.kafka.coordinator.group.generated.",
            "org.apache.kafka.coordinator.transaction.generated.");

    private final URLClassLoader loader;
    private final Constructor<?> accessor;
    private final Constructor<?> cache;
    private final Method read;
    private final Method size;
    private final Method write;

    OriginalKafka(String release) {
        try (Stream<Path> jars = Files.list(Path.of("target", "original", release))) {
            Stream<Path> all = Stream.concat(jars, Stream.of(slf4j()));
            URL[] urls = all.map(Path::toFile).map(OriginalKafka::url).toArray(URL[]::new);
            loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            Class<?> message = loader.loadClass(PROTOCOL + "Message");
            Class<?> cacheType = loader.loadClass(PROTOCOL + "ObjectSerializationCache");
            accessor = loader.loadClass(PROTOCOL + "ByteBufferAccessor").getConstructor(ByteBuffer.class);
            cache = cacheType.getConstructor();
            read = message.getMethod("read", loader.loadClass(PROTOCOL + "Readable"), short.class);
            size = message.getMethod("size", cacheType, short.class);
            write = message.getMethod("write", loader.loadClass(PROTOCOL + "Writable"), cacheType, short.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Path slf4j() {
        return Path.of(URI.create(LoggerFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** Kafka's class for a message, or null when the release has none that can hold this version. */
    Class<?> type(MessageSpec message, int version) throws ReflectiveOperationException {
        for (String folder : PACKAGES) {
            for (String suffix : List.of("Data", "")) {
                try {
                    Class<?> type = loader.loadClass(folder + message.name() + suffix);
                    return supports(type, version) ? type : null;
                } catch (ClassNotFoundException e) {
                    // the next spelling may be the right one
                }
            }
        }
        return null;
    }

    private static boolean supports(Class<?> type, int version) throws ReflectiveOperationException {
        return version >= type.getField("LOWEST_SUPPORTED_VERSION").getShort(null)
                && version <= type.getField("HIGHEST_SUPPORTED_VERSION").getShort(null);
    }

    /** Lets Kafka's class read all the bytes. */
    Object read(Class<?> type, ByteBuffer bytes, int version) throws ReflectiveOperationException {
        Object message = type.getConstructor().newInstance();
        ByteBuffer rest = bytes.duplicate();
        read.invoke(message, accessor.newInstance(rest), (short) version);
        if (rest.hasRemaining()) {
            throw new AssertionError(type.getSimpleName() + " left " + rest.remaining() + " bytes, version " + version);
        }
        return message;
    }

    ByteBuffer write(Object message, int version) throws ReflectiveOperationException {
        Object sizes = cache.newInstance();
        ByteBuffer bytes = ByteBuffer.allocate((int) size.invoke(message, sizes, (short) version));
        write.invoke(message, accessor.newInstance(bytes), sizes, (short) version);
        return bytes.flip();
    }

    /** What Kafka writes for a message that nobody has filled in, or null when it refuses. */
    ByteBuffer writeDefaults(Class<?> type, int version) throws ReflectiveOperationException {
        try {
            return write(type.getConstructor().newInstance(), version);
        } catch (InvocationTargetException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
