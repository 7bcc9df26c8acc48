package io.strikemq.domain.await;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Something that is to become true of a broker: {@code Condition.group("billing").isStable().withMembers(2)}. Immutable;
 * each method that narrows one down returns another.
 */
public sealed interface Condition {
    /** What is waited for, as the beginning of a sentence: {@code group billing: Stable wanted with 2 members}. */
    String text();

    /** Conditions on a group of any kind. */
    static OfGroup group(String groupId) {
        return new OfGroup(groupId);
    }

    /** Conditions on a topic. */
    static OfTopic topic(String name) {
        return new OfTopic(name);
    }

    /** Conditions on the transactions of a transactional id. */
    static OfTransaction transaction(String transactionalId) {
        return new OfTransaction(transactionalId);
    }

    /** Whether something is there. */
    enum Presence {
        /** It is there. */
        EXISTS("to exist"),
        /** It is there, and has no members. */
        EMPTY("to be empty"),
        /** It is not there, be it that it never was. */
        GONE("to be gone");

        private final String words;

        Presence(String words) {
            this.words = words;
        }
    }

    /**
     * The group is in Kafka's state Stable: nobody joins, and each member has what it is to have.
     *
     * @param members how many there are to be; {@link #ANY_NUMBER} for at least one
     */
    record StableGroup(String groupId, int members) implements Condition {
        /** As many members as there are. */
        public static final int ANY_NUMBER = -1;

        public StableGroup {
            Objects.requireNonNull(groupId, "groupId");
            if (members < ANY_NUMBER || members == 0) {
                throw new IllegalArgumentException("a stable group has at least 1 member, not " + members);
            }
        }

        /** The same, with exactly so many members. */
        public StableGroup withMembers(int count) {
            return new StableGroup(groupId, count);
        }

        @Override
        public String text() {
            return "group " + groupId + ": Stable wanted" + (members == ANY_NUMBER ? "" : " with " + counted(members));
        }

        private static String counted(int members) {
            return members == 1 ? "1 member" : members + " members";
        }
    }

    /** The group exists, is empty, or is gone. */
    record GroupPresence(String groupId, Presence wanted) implements Condition {
        public GroupPresence {
            Objects.requireNonNull(groupId, "groupId");
            Objects.requireNonNull(wanted, "wanted");
        }

        @Override
        public String text() {
            return "group " + groupId + ": wanted " + wanted.words;
        }
    }

    /**
     * Members have these partitions, and are to keep them.
     *
     * @param topic      all partitions of this topic; null where single ones are named
     * @param partitions these partitions; empty where a topic is named
     * @param member     all of them one member, told by its member id, group instance id or client id; null for any
     */
    record PartitionsAssigned(String groupId, String topic, List<TopicPartition> partitions, String member)
            implements Condition {
        public PartitionsAssigned {
            Objects.requireNonNull(groupId, "groupId");
            partitions = List.copyOf(partitions);
            if ((topic == null) == partitions.isEmpty()) {
                throw new IllegalArgumentException("either a topic or partitions are wanted");
            }
        }

        /** The same, all to this member, told by its member id, group instance id or client id. */
        public PartitionsAssigned toMember(String who) {
            return new PartitionsAssigned(groupId, topic, partitions, Objects.requireNonNull(who, "who"));
        }

        @Override
        public String text() {
            String what = topic == null ? partitions.toString() : "all partitions of topic " + topic;
            return "group " + groupId + ": wanted " + what + " assigned" + (member == null ? "" : " to " + member);
        }
    }

    /**
     * The group has read everything: each partition has a committed offset, and no record at or behind it. Partitions without records
     * need none. What follows of a transaction's end is no record.
     *
     * @param topic all partitions of this topic; null for all that are assigned or have a committed offset, of which there
     *     has to be one
     */
    record NoLag(String groupId, String topic) implements Condition {
        public NoLag {
            Objects.requireNonNull(groupId, "groupId");
        }

        @Override
        public String text() {
            return "group " + groupId + ": no lag wanted" + (topic == null ? "" : " in topic " + topic);
        }
    }

    /** The group has committed at least this offset, which is the one of the next record to read. */
    record OffsetCommitted(String groupId, TopicPartition partition, long atLeast) implements Condition {
        public OffsetCommitted {
            Objects.requireNonNull(groupId, "groupId");
            Objects.requireNonNull(partition, "partition");
        }

        @Override
        public String text() {
            return "group " + groupId + ": wanted offset " + atLeast + " of " + partition + " committed";
        }
    }

    /** The topic exists, or is gone. */
    record TopicPresence(String topic, Presence wanted) implements Condition {
        public TopicPresence {
            Objects.requireNonNull(topic, "topic");
            if (wanted != Presence.EXISTS && wanted != Presence.GONE) {
                throw new IllegalArgumentException("a topic exists or is gone, and has no members");
            }
        }

        @Override
        public String text() {
            return "topic " + topic + ": wanted " + wanted.words;
        }
    }

    /**
     * The topic has at least so many records that are as described; those that were there at one time of the wait count also when
     * they are deleted meanwhile.
     *
     * @param partition   in this partition; null for all together
     * @param isolation   READ_COMMITTED: without those of transactions that are open or aborted
     * @param description the predicate in words, for the failure's text; null for all records
     * @param which       asked for each record once, on a thread of the broker, and so thread-safe and quick; null for all records
     */
    record RecordsInTopic(
            String topic,
            Integer partition,
            int count,
            IsolationLevel isolation,
            String description,
            Predicate<StoredRecord> which)
            implements Condition {
        public RecordsInTopic {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(isolation, "isolation");
            if (count < 1) {
                throw new IllegalArgumentException("at least 1 record can be waited for, not " + count);
            }
        }

        /** The same, in this partition alone. */
        public RecordsInTopic inPartition(int number) {
            return new RecordsInTopic(topic, number, count, isolation, description, which);
        }

        /** The same, also with records of transactions that are open or aborted. */
        public RecordsInTopic orUncommitted() {
            return new RecordsInTopic(topic, partition, count, IsolationLevel.READ_UNCOMMITTED, description, which);
        }

        /** The same, with records that pass. */
        public RecordsInTopic matching(Predicate<StoredRecord> predicate) {
            return matching("that match", predicate);
        }

        /** The same, with records that pass; {@code words} describe them: {@code of customer 7}. */
        public RecordsInTopic matching(String words, Predicate<StoredRecord> predicate) {
            Objects.requireNonNull(predicate, "predicate");
            return new RecordsInTopic(topic, partition, count, isolation, words, predicate);
        }

        @Override
        public String text() {
            return (partition == null ? "topic " + topic : "partition " + topic + "-" + partition) + ": wanted " + count
                    + (isolation == IsolationLevel.READ_COMMITTED ? " committed" : "")
                    + (count == 1 ? " record" : " records")
                    + (description == null ? "" : " " + description);
        }
    }

    /**
     * The id's last transaction has ended everywhere, or one ends while it is waited for.
     *
     * @param outcome how; null for both
     */
    record TransactionOver(String transactionalId, Outcome outcome) implements Condition {
        public TransactionOver {
            Objects.requireNonNull(transactionalId, "transactionalId");
        }

        @Override
        public String text() {
            String how = outcome == null ? "over" : outcome == Outcome.COMMIT ? "committed" : "aborted";
            return "transactional id " + transactionalId + ": wanted its transaction " + how;
        }
    }
}
