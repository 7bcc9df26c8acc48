package io.strikemq.domain.record;

/** Whose clock a record's timestamp comes from (KIP-32). */
public enum TimestampType {
    /** The producer's. */
    CREATE_TIME("CreateTime"),
    /** The broker's, when it appended the record. */
    LOG_APPEND_TIME("LogAppendTime");

    private final String configName;

    TimestampType(String configName) {
        this.configName = configName;
    }

    /** Its name in the config {@code message.timestamp.type}. */
    public String configName() {
        return configName;
    }
}
