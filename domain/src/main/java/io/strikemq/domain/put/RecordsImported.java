package io.strikemq.domain.put;

/** How much an import has put into a topic. */
public record RecordsImported(String topic, long recordCount) {}
