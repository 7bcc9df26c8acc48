package io.strikemq.domain.settings;

/**
 * What fetching needs to know.
 *
 * @param maxSessions   how many fetch sessions are kept (max.incremental.fetch.session.cache.slots)
 * @param fetchMaxBytes largest answer to a fetch, whatever it asks for (fetch.max.bytes of the broker)
 */
public record FetchSettings(int maxSessions, int fetchMaxBytes) {
    /** Kafka's defaults: 1,000 sessions, 55 MB. */
    public static final FetchSettings DEFAULT = new FetchSettings(1000, 55 << 20);

    public FetchSettings {
        if (maxSessions < 0 || fetchMaxBytes < 1024) {
            throw new IllegalArgumentException("fetch sessions " + maxSessions + " (at least 0), fetch max bytes "
                    + fetchMaxBytes + " (at least 1024)");
        }
    }
}
