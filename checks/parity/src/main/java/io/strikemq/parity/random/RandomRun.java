package io.strikemq.parity.random;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.parity.ParityRun;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Step;
import io.strikemq.parity.compare.Difference;
import io.strikemq.parity.compare.KnownDifferences;
import io.strikemq.wire.generator.model.MessageSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sends random requests to both brokers, and tells of each difference by the smallest request that shows it. */
public final class RandomRun {
    private final ParityRun run;
    private final KnownDifferences known;
    private final RandomCases cases;

    public RandomRun(ParityRun run, KnownDifferences known, long seed, List<Step> given) {
        this.run = run;
        this.known = known;
        this.cases = new RandomCases(seed, given);
    }

    /** So many requests of an API; the unlisted differences, one request for each place. */
    public List<Difference> compare(MessageSpec request, int each) {
        List<Difference> found = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (int i = 0; i < each; i++) {
            Case played = cases.next(request);
            for (Difference difference : unlisted(played)) {
                if (places.add(difference.at())) {
                    found.add(smallest(played, difference));
                }
            }
        }
        return found;
    }

    private List<Difference> unlisted(Case played) {
        return run.compare(played).stream()
                .filter(difference -> !known.covers(difference))
                .toList();
    }

    private Difference smallest(Case played, Difference difference) {
        Ask ask = (Ask) played.steps().get(played.steps().size() - 1);
        Difference[] last = {difference};
        new Minimiser(body -> shows(ask, body, last)).minimise(ask.body());
        return last[0];
    }

    private boolean shows(Ask ask, JsonNode body, Difference[] last) {
        for (Difference found : unlisted(cases.with(ask.api(), ask.version(), body))) {
            if (found.at().equals(last[0].at())) {
                last[0] = found;
                return true;
            }
        }
        return false;
    }
}
