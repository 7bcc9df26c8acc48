package io.strikemq.bootstrap;

import io.strikemq.bootstrap.config.CommandLine;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConfigurationException;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.bootstrap.config.HelpText;
import io.strikemq.bootstrap.config.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The process: reads what the user wants, runs a broker until a signal ends it, and says why when it cannot. */
public final class Main {
    private static final int FAILED = 1;

    private final PrintStream out = utf8(FileDescriptor.out);
    private final PrintStream err = utf8(FileDescriptor.err);

    private Broker broker;

    private Main() {}

    /** Runs the broker; the exit code is 1 when it cannot start. */
    public static void main(String[] arguments) {
        int exitCode = new Main().run(System.getenv(), arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Starts a broker as {@link #main} does, with these variables as its environment; the caller closes it. */
    static Broker start(Map<String, String> environment, String... arguments) {
        Main main = new Main();
        if (main.run(environment, arguments) != 0) {
            throw new IllegalStateException("the broker did not start");
        }
        return main.broker;
    }

    /** The banner is UTF-8, whatever the machine's locale believes. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private int run(Map<String, String> environment, String... arguments) {
        startLightly();
        try {
            CommandLine commandLine = CommandLine.parse(arguments);
            switch (commandLine.action()) {
                case HELP -> out.print(HelpText.text());
                case VERSION -> out.println("StrikeMQ " + Version.current());
                case RUN -> start(commandLine, environment);
            }
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            return FAILED;
        } catch (StartException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    /** What the JDK and libraries would do at the start and nobody here needs; docs/performance.md has the figures. */
    private static void startLightly() {
        // The jar's directory has thousands of entries: it is read beside all this, before somebody needs a file.
        new Thread(() -> Main.class.getResource("Main.class"), "strikemq-jar").start();
        // Plain reflection starts faster than the classes that the JDK (from 22 on) would make for it at run time.
        System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
        // Jetty asks for all locales. Nothing here speaks other languages: the JDK's tables of them stay out.
        System.setProperty("java.locale.providers", "SPI");
    }

    private void start(CommandLine commandLine, Map<String, String> environment) {
        Configuration configuration = new ConfigurationLoader(TopicDefaultNames.all())
                .load(commandLine.file(), environment, commandLine.values());
        Logging.begin(configuration.get(Settings.LOG_LEVEL));
        configuration.notices().forEach(err::println);
        broker = Broker.start(configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "strikemq-shutdown"));
        out.println(
                Banner.text(broker.endpoints(), broker.ioThreads(), configuration.get(Settings.NUM_IO_THREADS) == 0));
        out.println("HTTP API listening on " + configuration.httpAddress() + ":"
                + broker.endpoints().httpPort());
        out.println(Banner.listening(broker.listeners()));
        out.println("Broker ready. Press Ctrl+C to stop.");
    }
}
