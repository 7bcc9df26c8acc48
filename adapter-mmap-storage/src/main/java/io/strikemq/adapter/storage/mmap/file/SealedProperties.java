package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A properties file in UTF-8, readable for people, whose last line says whether it is whole:
 *
 * <pre>
 *  version=2
 *  name=orders                   the properties, escaped, in the order of their keys
 *  partitions=3
 *  crc=2418539417                the CRC-32C of all that is before this line
 * </pre>
 *
 * <p>By the last line a file is known that was cut off: it may lack properties, or digits of a number. Where it is another
 * one the file was changed, by damage or by a person: what it says is taken, and that is told. Version 1 had no such line.
 */
public final class SealedProperties {
    private static final Logger LOG = LoggerFactory.getLogger(SealedProperties.class);
    private static final String VERSION_LINE = "version=2\n";
    private static final String CRC = "crc";

    private final Properties properties;

    private SealedProperties(Properties properties) {
        this.properties = properties;
    }

    /** None as yet. */
    public SealedProperties() {
        this(new Properties());
    }

    /** Sets one, and returns this object. */
    public SealedProperties with(String key, Object value) {
        properties.setProperty(key, value.toString());
        return this;
    }

    /** Sets one for each entry, whose key gets this prefix, and returns this object. */
    public SealedProperties withAll(String prefix, Map<String, ?> entries) {
        entries.forEach((key, value) -> with(prefix + key, value));
        return this;
    }

    /** The value of one; an {@link IllegalArgumentException} when it is not there. */
    public String required(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }

    /** Those whose keys have this prefix, by the rest of their keys. */
    public Map<String, String> all(String prefix) {
        Map<String, String> found = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), properties.getProperty(key));
            }
        }
        return found;
    }

    /** The bytes of a file that has these properties. */
    public ByteBuffer bytes() throws IOException {
        String text = VERSION_LINE + lines();
        return StandardCharsets.UTF_8.encode(text + crcLine(text));
    }

    /** Escaped, in the order of the keys and without the date that {@link Properties} adds. */
    private String lines() throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String crcLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(StandardCharsets.UTF_8.encode(text));
        return CRC + "=" + crc.getValue() + "\n";
    }

    /**
     * What a file means; a warning is logged if it was changed and means something.
     *
     * @param meaning what the properties mean; an {@link IllegalArgumentException} when they make no sense
     * @throws NoSuchFileException  when there is no file
     * @throws DamagedFileException when it was cut off, or makes no sense
     */
    public static <T> T read(Path file, Function<SealedProperties, T> meaning) throws IOException {
        String text = TextFile.read(file);
        Properties properties = TextFile.properties(file, text);
        T read;
        try {
            read = meaning.apply(new SealedProperties(properties));
        } catch (IllegalArgumentException damage) {
            throw new DamagedFileException(file, damage.getMessage(), damage);
        }
        if (!properties.getProperty("version", "").equals("1")) {
            checkSeal(file, text);
        }
        return read;
    }

    private static void checkSeal(Path file, String text) throws DamagedFileException {
        int end = text.lastIndexOf("\n" + CRC + "=") + 1;
        if (end == 0 || !text.startsWith(VERSION_LINE)) {
            throw new DamagedFileException(file, "it should begin with version=2 and end with " + CRC);
        }
        if (!text.substring(end).equals(crcLine(text.substring(0, end)))) {
            LOG.warn("{} was changed since the broker wrote it: what it says now is taken.", file);
        }
    }
}
