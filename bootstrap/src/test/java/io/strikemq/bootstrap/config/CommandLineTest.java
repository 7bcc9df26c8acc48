package io.strikemq.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void valuesFollowTheirOptionOrAreAttached() {
        CommandLine line =
                CommandLine.parse("--port", "1", "--log-dir=/x=y", "--set", "num.partitions=3", "--config", "f");

        assertEquals(CommandLine.Action.RUN, line.action());
        assertEquals(Path.of("f"), line.file());
        assertEquals(Map.of("port", "1", "log_dir", "/x=y", "num.partitions", "3"), line.values());
    }

    @Test
    void everyRowOfTheTableIsAnOption() {
        for (Setting<?> setting : Settings.all()) {
            assertEquals(
                    Map.of(setting.name(), "v"),
                    CommandLine.parse(setting.option(), "v").values());
            assertTrue(HelpText.text().contains(setting.option() + " "), setting.option());
        }
    }

    @Test
    void helpAndVersionAreActions() {
        assertEquals(CommandLine.Action.HELP, CommandLine.parse("--help").action());
        assertEquals(CommandLine.Action.VERSION, CommandLine.parse("-V").action());
    }

    @Test
    void whatIsWrongIsNamed() {
        ConfigurationException problem = assertThrows(
                ConfigurationException.class, () -> CommandLine.parse("--prt", "9", "--set", "port", "--port"));

        assertEquals(
                List.of(
                        "Unknown option '--prt'; did you mean '--port'?",
                        "Option '--set' is 'port' but must be name=value.",
                        "Option '--port' needs a value."),
                problem.problems());
    }
}
