package io.strikemq.bootstrap.config;

/** The text of {@code --help}, from the settings table. */
public final class HelpText {
    private static final int WIDTH = 36;

    private HelpText() {}

    /** The whole text, lines separated by line feeds. */
    public static String text() {
        StringBuilder text = new StringBuilder("""
                Usage: strikemq [--config FILE] [--OPTION VALUE]... [--set NAME=VALUE]...

                A Kafka-compatible broker in one process, for developing and testing locally.

                """);
        line(text, "--config FILE", "YAML, or a Kafka server.properties, by its ending");
        line(text, "--set NAME=VALUE", "Any setting, by our name or by Kafka's");
        line(text, "-h, --help", "This text");
        line(text, "-V, --version", "The version");
        text.append('\n');
        for (Setting<?> setting : Settings.all()) {
            String initially = setting.defaultText().isEmpty() ? "" : " (default " + setting.defaultText() + ")";
            line(text, setting.option() + " VALUE", setting.meaning() + initially);
        }
        return text.append("""

                Each option is also a key of the file (--log-dir: log_dir), and an environment variable
                (STRIKEMQ_LOG_DIR). The command line wins over the environment, the environment over the file.
                """).toString();
    }

    private static void line(StringBuilder text, String option, String meaning) {
        text.append("  ").append(option).append(" ".repeat(Math.max(2, WIDTH - option.length())));
        text.append(meaning).append('\n');
    }
}
