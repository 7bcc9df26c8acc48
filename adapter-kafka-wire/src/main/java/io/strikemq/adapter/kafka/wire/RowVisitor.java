package io.strikemq.adapter.kafka.wire;

import java.util.UUID;

/**
 * Is shown what a message names, row by row. A row may have rows within: a topic its partitions, a group its topics.
 * What a row names holds for the rows within, too. What a version does not carry is shown as an empty text, null, or the
 * zero id, and names nothing.
 */
public interface RowVisitor {
    /** A row begins, within the one that began last and has not ended. */
    void enter();

    /** The row that began last ends: whether a copy of the message shall have it. */
    boolean leave();

    /** The row is about this topic; may be empty or null. */
    void topic(String name);

    /** The row is about the topic of this id; may be zero. */
    void topicId(UUID id);

    /** The row is about this partition of the topic around it. */
    void partition(int index);

    /** The row is about this group; may be empty or null. */
    void group(String groupId);

    /** The row is about this transactional id; may be empty or null. */
    void transactionalId(String id);
}
