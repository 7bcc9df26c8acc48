package io.strikemq.bootstrap.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a file of settings: YAML, or Java properties as Kafka's {@code server.properties}, by the file's ending. */
final class ConfigFile {
    private ConfigFile() {}

    /** Names and values as written, nested YAML keys joined by dots. */
    static Map<String, String> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return isYaml(file) ? yaml(reader, file) : properties(reader);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e.getMessage());
        } catch (YamlEngineException e) {
            throw unreadable(
                    file, "it is not valid YAML: " + e.getMessage().lines().collect(Collectors.joining(" ")));
        }
    }

    /** Whether the file is YAML, by its ending. */
    static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static Map<String, String> properties(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static Map<String, String> yaml(Reader reader, Path file) {
        Object document =
                new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromReader(reader);
        Map<String, String> values = new LinkedHashMap<>();
        if (document == null) {
            return values;
        }
        if (!(document instanceof Map<?, ?> settings)) {
            throw unreadable(file, "it must consist of lines 'name: value'");
        }
        flatten("", settings, values);
        return values;
    }

    private static void flatten(String prefix, Map<?, ?> settings, Map<String, String> values) {
        settings.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                flatten(name + ".", nested, values);
            } else if (value instanceof List<?> items) {
                values.put(name, items.stream().map(String::valueOf).collect(Collectors.joining(",")));
            } else {
                values.put(name, value == null ? "" : String.valueOf(value));
            }
        });
    }

    private static ConfigurationException unreadable(Path file, String reason) {
        return new ConfigurationException(List.of("Cannot read the configuration file " + file + ": " + reason + "."));
    }
}
