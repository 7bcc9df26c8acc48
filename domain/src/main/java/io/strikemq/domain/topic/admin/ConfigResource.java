package io.strikemq.domain.topic.admin;

/**
 * Something that has configs.
 *
 * @param typeCode the wire's code of its type: 2 topic, 4 broker, 8 broker logger, 16 client metrics, 32 group
 * @param name     the topic's name, the broker's id (empty: the default of all brokers), the group's id
 */
public record ConfigResource(byte typeCode, String name) {
    public static final byte TOPIC = 2;
    public static final byte BROKER = 4;
    public static final byte BROKER_LOGGER = 8;
    public static final byte CLIENT_METRICS = 16;
    public static final byte GROUP = 32;

    // The start looks resources up, and what the JVM makes for records at their first comparison would cost 20 ms of
    // it.
    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigResource resource && typeCode == resource.typeCode && name.equals(resource.name);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + typeCode;
    }

    /** Whether there is such a type, in Kafka at least. */
    public boolean isOfKnownType() {
        return switch (typeCode) {
            case TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP -> true;
            default -> false;
        };
    }
}
