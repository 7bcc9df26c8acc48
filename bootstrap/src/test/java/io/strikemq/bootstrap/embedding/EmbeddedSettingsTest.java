package io.strikemq.bootstrap.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationException;
import io.strikemq.bootstrap.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedSettingsTest {
    @Test
    void whoSaysNothingGetsFreePortsOfTheLoopbackAddressAndMemory() {
        Configuration configuration = EmbeddedSettings.load(Map.of());
        assertEquals("127.0.0.1:0", configuration.listeners().get(0).bind().authority());
        assertEquals(0, configuration.get(Settings.HTTP_PORT));
        assertEquals("127.0.0.1", configuration.httpAddress());
        assertEquals("memory", configuration.get(Settings.STORAGE));
        assertEquals(2, configuration.get(Settings.NUM_IO_THREADS));
    }

    @Test
    void whatIsSaidByAnyNameCounts() {
        Configuration configuration = EmbeddedSettings.load(
                Map.of("listeners", "PLAINTEXT://localhost:0", "num.network.threads", "3", "log.dirs", "/data"));
        assertEquals("localhost:0", configuration.listeners().get(0).bind().authority());
        assertEquals(3, configuration.get(Settings.NUM_IO_THREADS));
        assertEquals("mmap", configuration.get(Settings.STORAGE));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Map<String, String> settings = Map.of("port", "many", "log_level", "loud");
        List<String> problems = assertThrows(ConfigurationException.class, () -> EmbeddedSettings.load(settings))
                .problems();
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).contains("(given by the program)"), problems.toString());
    }
}
