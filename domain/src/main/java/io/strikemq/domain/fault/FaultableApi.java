package io.strikemq.domain.fault;

/**
 * What rules may be about.
 *
 * @param name           Kafka's
 * @param lowestVersion  that is served
 * @param highestVersion that is served
 * @param carriesRecords whether its answer has records
 */
public record FaultableApi(String name, int lowestVersion, int highestVersion, boolean carriesRecords) {}
