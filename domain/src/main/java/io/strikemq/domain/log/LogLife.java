package io.strikemq.domain.log;

/**
 * A topic's configs of how long its records and segments last, all in ms but for the bytes.
 *
 * @param retentionMs       how old records become; negative for no limit (retention.ms)
 * @param retentionBytes    how large a partition becomes; negative for no limit (retention.bytes)
 * @param segmentMs         after how much time of its records a segment ends (segment.ms, and max.compaction.lag.ms of
 *                          a compacted topic if that is less)
 * @param segmentJitterMs   up to how much earlier (segment.jitter.ms)
 * @param fileDeleteDelayMs how long the files of a dropped segment stay (file.delete.delay.ms)
 */
public record LogLife(
        long retentionMs, long retentionBytes, long segmentMs, long segmentJitterMs, long fileDeleteDelayMs) {
    private static final long WEEK = 604_800_000L;

    /** Kafka's defaults: a week for records and segments. */
    public static final LogLife DEFAULT = new LogLife(WEEK, -1, WEEK, 0, 60_000);
}
