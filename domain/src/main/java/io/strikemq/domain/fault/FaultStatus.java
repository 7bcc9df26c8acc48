package io.strikemq.domain.fault;

import java.util.List;

/**
 * A rule of a broker, and what it has done.
 *
 * @param id       by which it is known
 * @param live     whether it may still hit something
 * @param matched  how many requests it was about while it was live, hit or not
 * @param hits     how many it has hit
 * @param lastHits the last of those, the latest first, {@value #MOST_HITS} at the most
 */
public record FaultStatus(long id, FaultRule rule, boolean live, long matched, long hits, List<FaultHit> lastHits) {
    /** So many hits are kept. */
    public static final int MOST_HITS = 32;

    public FaultStatus {
        lastHits = List.copyOf(lastHits);
    }
}
