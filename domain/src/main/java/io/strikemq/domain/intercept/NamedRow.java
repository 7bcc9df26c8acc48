package io.strikemq.domain.intercept;

/**
 * What one row of a request or an answer is about: a partition of a topic that is committed in a group, a topic that is
 * created, a group that is described. What the row does not name is null, and {@link #NO_PARTITION}.
 *
 * @param topic a topic by its name; one that was asked for by an id that nobody knows, by that id as Kafka writes it
 */
public record NamedRow(String group, String transactionalId, String topic, int partition) {
    /** A row that is about no partition, or about a topic as a whole. */
    public static final int NO_PARTITION = -1;

    /** Nothing in particular: the request as a whole. */
    public static final NamedRow WHOLE = new NamedRow(null, null, null, NO_PARTITION);

    /** Whether it is about the whole. */
    public boolean isWhole() {
        return equals(WHOLE);
    }
}
