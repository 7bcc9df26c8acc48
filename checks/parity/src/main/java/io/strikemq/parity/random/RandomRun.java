package io.strikemq.parity.random;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.parity.ParityRun;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Step;
import io.strikemq.parity.compare.Difference;
import io.strikemq.parity.compare.KnownDifferences;
import io.strikemq.wire.generator.model.MessageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Sends random requests to both brokers, and tells of each difference by the smallest request that shows it. */
public final class RandomRun {
    private static final Duration MINIMISING = Duration.ofMinutes(1);

    private final ParityRun run;
    private final KnownDifferences known;
    private final RandomCases cases;

    public RandomRun(ParityRun run, KnownDifferences known, long seed, List<Step> given) {
        this.run = run;
        this.known = known;
        this.cases = new RandomCases(seed, given);
    }

    /**
     * Compares so many requests of an API.
     *
     * @param found is told each unlisted difference, one request for each place, as small as it gets in a minute for all
     */
    public void compare(MessageSpec request, int each, Consumer<Difference> found) {
        Set<String> places = new HashSet<>();
        Duration left = MINIMISING;
        for (int i = 0; i < each; i++) {
            Case played = cases.next(request);
            for (Difference difference : known.unlisted(run.compare(played))) {
                if (places.add(difference.at())) {
                    Instant begin = Instant.now();
                    found.accept(smallest(played, difference, begin.plus(left)));
                    left = left.minus(Duration.between(begin, Instant.now()));
                }
            }
        }
    }

    private Difference smallest(Case played, Difference difference, Instant deadline) {
        Ask ask = (Ask) played.steps().get(played.steps().size() - 1);
        Difference[] last = {difference};
        new Minimiser(body -> shows(ask, body, last), deadline).minimise(ask.body());
        return last[0];
    }

    private boolean shows(Ask ask, JsonNode body, Difference[] last) {
        for (Difference found : known.unlisted(run.compare(cases.with(ask.api(), ask.version(), body)))) {
            if (found.at().equals(last[0].at())) {
                last[0] = found;
                return true;
            }
        }
        return false;
    }
}
