package io.strikemq.bootstrap.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;

/**
 * The command line: {@code --name value} or {@code --name=value} for every row of the settings table, {@code --set
 * name=value} for any name that a file may hold, {@code --config FILE}, {@code --help} and {@code --version}.
 *
 * <p>Parsed here and not by a library, since a library's start took longer than that of the Kafka port
 * (docs/decisions/0010-command-line.md).
 *
 * @param action what the user wants
 * @param file   the configuration file; null for none
 * @param values names and values given
 */
public record CommandLine(Action action, Path file, Map<String, String> values) {
    /** What the process is started for. */
    public enum Action {
        RUN,
        HELP,
        VERSION
    }

    /**
     * Reads the arguments.
     *
     * @throws ConfigurationException when one of them is none of ours, or lacks its value
     */
    public static CommandLine parse(String... arguments) {
        return new Parser().parse(List.of(arguments));
    }

    private static final class Parser {
        private final Map<String, Setting<?>> options = new HashMap<>();
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private Action action = Action.RUN;
        private Path file;

        Parser() {
            Settings.all().forEach(setting -> options.put(setting.option(), setting));
        }

        CommandLine parse(List<String> arguments) {
            ListIterator<String> rest = arguments.listIterator();
            while (rest.hasNext()) {
                String argument = rest.next();
                int equals = argument.indexOf('=');
                String option = equals < 0 ? argument : argument.substring(0, equals);
                switch (option) {
                    case "-h", "--help" -> action = Action.HELP;
                    case "-V", "--version" -> action = Action.VERSION;
                    default -> withValue(option, equals < 0 ? null : argument.substring(equals + 1), rest);
                }
            }
            if (!problems.isEmpty() && action == Action.RUN) {
                throw new ConfigurationException(problems);
            }
            return new CommandLine(action, file, Map.copyOf(values));
        }

        private void withValue(String option, String attached, ListIterator<String> rest) {
            boolean isKnown = option.equals("--set") || option.equals("--config") || options.containsKey(option);
            if (!isKnown) {
                Optional<String> near = DidYouMean.among(options.keySet(), option);
                problems.add("Unknown option '" + option + "'; "
                        + near.map(other -> "did you mean '" + other + "'?").orElse("--help lists all options."));
                skipValue(rest);
            } else if (attached == null && !rest.hasNext()) {
                problems.add("Option '" + option + "' needs a value.");
            } else {
                take(option, attached == null ? rest.next() : attached);
            }
        }

        /** What follows an unknown option is its value, and no second problem. */
        private static void skipValue(ListIterator<String> rest) {
            if (rest.hasNext() && rest.next().startsWith("-")) {
                rest.previous();
            }
        }

        private void take(String option, String value) {
            if (option.equals("--config")) {
                file = Path.of(value);
            } else if (!option.equals("--set")) {
                values.put(options.get(option).name(), value);
            } else if (value.indexOf('=') < 1) {
                problems.add("Option '--set' is '" + value + "' but must be name=value.");
            } else {
                values.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
            }
        }
    }
}
