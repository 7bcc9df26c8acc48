package io.strikemq.bootstrap.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.bootstrap.assembly.Assembly;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.bootstrap.config.Setting;
import io.strikemq.bootstrap.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's tables say what the code says. */
class ReadmeTest {
    @Test
    void theSettingsAreThoseOfTheTable() throws IOException {
        String rows = Settings.all().stream().map(ReadmeTest::row).collect(Collectors.joining("\n"));

        assertEquals(
                "| setting | default | Kafka's names | meaning |\n| --- | --- | --- | --- |\n" + rows,
                section("settings"));
    }

    private static String row(Setting<?> setting) {
        String names =
                setting.kafkaNames().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return "| `" + setting.name() + "` | " + setting.defaultText() + " | " + names + " | " + setting.meaning()
                + " |";
    }

    @Test
    void theApisAreThoseThatAreServed() throws IOException {
        Assembly assembly = new Assembly(
                new ConfigurationLoader(Set.of()).load(null, Map.of(), Map.of("storage", "memory")), () -> null);
        try {
            assembly.load();
            String rows = assembly.apis().keys().stream().map(ReadmeTest::row).collect(Collectors.joining("\n"));

            assertEquals("| API | key | versions |\n| --- | --- | --- |\n" + rows, section("apis"));
        } finally {
            assembly.shutdown().close();
        }
    }

    private static String row(ApiKey api) {
        return "| " + api.displayName() + " | " + api.id() + " | " + api.lowestVersion() + "–"
                + api.highestStableVersion() + " |";
    }

    private static String section(String name) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String begin = "<!-- " + name + " -->\n";
        return readme.substring(readme.indexOf(begin) + begin.length(), readme.indexOf("\n<!-- /" + name + " -->"));
    }
}
