package io.strikemq.junit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs classes of tests that are only there to be looked at. */
final class Samples {
    private Samples() {}

    static EngineExecutionResults run(Class<?>... samples) {
        return run(Map.of(), samples);
    }

    static EngineExecutionResults run(Map<String, String> configuration, Class<?>... samples) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameters(configuration)
                .selectors(
                        Stream.of(samples).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
                .execute();
    }

    /** What made tests and classes fail. */
    static List<Throwable> failures(Class<?>... samples) {
        return failures(run(samples));
    }

    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** Fails with what the samples failed with. */
    static void succeed(int tests, EngineExecutionResults results) {
        for (Throwable failure : failures(results)) {
            throw new AssertionError("a sample failed", failure);
        }
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(tests));
    }
}
