package io.strikemq.application.fault;

import io.strikemq.domain.fault.FaultHit;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.intercept.SeenRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A rule that was added, and what it has done. Thread-safe; its lock is held only to count. */
final class LiveFault {
    private final long id;
    private final FaultRule rule;
    private final Deque<FaultHit> lastHits = new ArrayDeque<>();
    private long matched;
    private long hits;

    LiveFault(long id, FaultRule rule) {
        this.id = id;
        this.rule = rule;
    }

    long id() {
        return id;
    }

    synchronized boolean isLive(Instant now) {
        return rule.isLive(hits, now);
    }

    FaultRule rule() {
        return rule;
    }

    /** Whether it hits this request, and as which of those that match it; 0 when it does not. */
    long hit(SeenRequest request, Instant now) {
        if (!isLive(now) || !rule.match().matches(request)) {
            return 0;
        }
        return count(FaultHit.of(request, rule.match(), now), now);
    }

    private synchronized long count(FaultHit hit, Instant now) {
        if (!rule.isLive(hits, now)) {
            return 0;
        }
        matched++;
        if (!rule.hits(matched, hits, now)) {
            return 0;
        }
        hits++;
        if (lastHits.size() == FaultStatus.MOST_HITS) {
            lastHits.removeLast();
        }
        lastHits.addFirst(hit);
        return matched;
    }

    synchronized FaultStatus status(Instant now) {
        return new FaultStatus(id, rule, rule.isLive(hits, now), matched, hits, List.copyOf(lastHits));
    }
}
