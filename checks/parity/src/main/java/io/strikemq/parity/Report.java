package io.strikemq.parity;

import io.strikemq.parity.compare.Difference;

/** What a run has to tell: printed at once, and counted. */
final class Report {
    private int failures;

    void add(Difference difference) {
        failures++;
        System.out.println(difference.playing() + "\n  " + difference.at() + " (" + difference.exact()
                + ")\n    Kafka: " + difference.kafka() + "\n    here:  " + difference.ours());
    }

    /** Makes a comparison; when it comes to no end, that is told too, since the others may still have something to tell. */
    void during(Runnable comparison) {
        try {
            comparison.run();
        } catch (IllegalStateException e) {
            failures++;
            System.out.println(e.getMessage());
        }
    }

    int failures() {
        return failures;
    }
}
