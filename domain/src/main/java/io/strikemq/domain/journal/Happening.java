package io.strikemq.domain.journal;

/**
 * Something rare that happened in a broker, in a sentence without a full stop.
 *
 * @param topic           null where it is about no topic; so for the others
 * @param text            who or what, and why: {@code topic t was created with 3 partitions by client c (/127.0.0.1)}
 */
public record Happening(Kind kind, String topic, String group, String transactionalId, String text) {
    /** What kinds there are. */
    public enum Kind {
        TOPIC_CREATED,
        TOPIC_ALTERED,
        TOPIC_DELETED,
        /** By a client, by retention or by compaction. */
        RECORDS_REMOVED,
        /** A part of a log cannot be read. */
        LOG_DAMAGED,
        /** A group begins to give its partitions out anew; the text has the reason. */
        GROUP_REBALANCES,
        /** A group has given its partitions out. */
        GROUP_STABLE,
        /** A static member was replaced by another one of its instance id. */
        MEMBER_FENCED,
        TRANSACTION_ABORTED,
        /** A producer of a transactional id was replaced by another one. */
        PRODUCER_FENCED
    }

    /** About a topic. */
    public static Happening ofTopic(Kind kind, String topic, String text) {
        return new Happening(kind, topic, null, null, text);
    }

    /** About a group. */
    public static Happening ofGroup(Kind kind, String group, String text) {
        return new Happening(kind, null, group, null, text);
    }

    /** About a transactional id. */
    public static Happening ofTransaction(Kind kind, String transactionalId, String text) {
        return new Happening(kind, null, null, transactionalId, text);
    }
}
