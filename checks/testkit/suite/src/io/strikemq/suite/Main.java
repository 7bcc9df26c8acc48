package io.strikemq.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the classes of a suite, and tells how long that took. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        long begin = System.nanoTime();
        Class<?> suite = Class.forName(Main.class.getPackageName() + "." + arguments[0]);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(suite.getDeclaredClasses())
                                        .map(type -> (DiscoverySelector) selectClass(type))
                                        .toList())
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out), 10);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "%s: %d tests, %d failed, %.1f s, %.0f ms a test%n",
                arguments[0],
                summary.getTestsFoundCount(),
                summary.getTotalFailureCount(),
                took.toMillis() / 1_000.0,
                (double) took.toMillis() / summary.getTestsFoundCount());
        System.exit(summary.getTotalFailureCount() > 0 ? 1 : 0);
    }
}
