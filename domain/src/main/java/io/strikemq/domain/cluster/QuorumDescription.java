package io.strikemq.domain.cluster;

import java.util.List;

/**
 * Who keeps the cluster's metadata (KIP-595).
 *
 * @param leaderId           the voter that leads
 * @param highWatermark      how far the log of metadata can be read
 * @param voters             all voters
 * @param controllerListener the name of the listener by which voters reach each other
 */
public record QuorumDescription(
        int leaderId, int leaderEpoch, long highWatermark, List<Voter> voters, String controllerListener) {
    public QuorumDescription {
        voters = List.copyOf(voters);
    }

    /**
     * One voter.
     *
     * @param lastFetchMillis    when it last asked the leader; for the leader itself, now
     * @param lastCaughtUpMillis when it last had all that there was; for the leader itself, now
     */
    public record Voter(int id, long logEndOffset, long lastFetchMillis, long lastCaughtUpMillis) {}
}
