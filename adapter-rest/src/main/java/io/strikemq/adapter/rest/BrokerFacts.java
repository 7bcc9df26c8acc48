package io.strikemq.adapter.rest;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code GET /v1/broker} tells about the process, beside the cluster id.
 *
 * @param port     of the Kafka protocol, as bound
 * @param httpPort of this API, as bound
 * @param platform as the banner shows it
 * @param config   every effective setting in the order to show it: strings, numbers, booleans, or null for one not set
 */
public record BrokerFacts(
        String version,
        int brokerId,
        Duration uptime,
        int port,
        int httpPort,
        int ioThreads,
        String platform,
        String logDir,
        long segmentSize,
        Map<String, Object> config) {
    public BrokerFacts {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }
}
