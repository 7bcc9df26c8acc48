package io.strikemq.domain.group;

/** A group in a list of groups; {@code state} and {@code type} are Kafka's names for them ("Stable", "classic"). */
public record GroupListing(String groupId, String protocolType, String state, String type) {}
