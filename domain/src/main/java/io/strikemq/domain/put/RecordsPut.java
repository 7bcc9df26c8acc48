package io.strikemq.domain.put;

/** Where records came to lie. */
public record RecordsPut(String topic, int partition, long baseOffset, long lastOffset, int recordCount) {}
