package io.strikemq.application.await;

import io.strikemq.application.await.Changes.Kind;
import io.strikemq.application.await.Check.Sight;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Condition.GroupPresence;
import io.strikemq.domain.await.Condition.NoLag;
import io.strikemq.domain.await.Condition.OffsetCommitted;
import io.strikemq.domain.await.Condition.PartitionsAssigned;
import io.strikemq.domain.await.Condition.Presence;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.Condition.StableGroup;
import io.strikemq.domain.await.Condition.TopicPresence;
import io.strikemq.domain.await.Condition.TransactionOver;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import java.util.Set;
import java.util.function.Supplier;

/** How each condition is looked at. */
public final class Checks {
    private final TopicRegistry topics;
    private final Partitions partitions;
    private final RecordReader reader;
    private final SeenGroups groups;
    private final InspectTransactions transactions;

    /** Looks at these parts of a broker. */
    public Checks(
            TopicRegistry topics,
            Partitions partitions,
            RecordReader reader,
            SeenGroups groups,
            InspectTransactions transactions) {
        this.topics = topics;
        this.partitions = partitions;
        this.reader = reader;
        this.groups = groups;
        this.transactions = transactions;
    }

    /** Looks at this condition, beginning now. */
    Check of(Condition condition) {
        if (condition instanceof StableGroup stable) {
            return looking(() -> groups.find(stable.groupId()).stable(stable.members()), Kind.GROUPS);
        } else if (condition instanceof GroupPresence presence) {
            return looking(() -> groups.find(presence.groupId()).presence(presence.wanted()), Kind.GROUPS);
        } else if (condition instanceof PartitionsAssigned assigned) {
            return looking(() -> groups.find(assigned.groupId()).assigned(assigned, topics), Kind.GROUPS, Kind.TOPICS);
        } else if (condition instanceof NoLag lag) {
            return looking(new LagLook(lag, groups, topics, partitions)::look, Kind.GROUPS, Kind.TOPICS, Kind.RECORDS);
        } else if (condition instanceof OffsetCommitted committed) {
            return looking(() -> committed(committed), Kind.GROUPS);
        } else if (condition instanceof TopicPresence presence) {
            return looking(() -> presence(presence), Kind.TOPICS);
        } else if (condition instanceof RecordsInTopic records) {
            return looking(new RecordCount(records, topics, partitions, reader)::look, Kind.TOPICS, Kind.RECORDS);
        } else if (condition instanceof TransactionOver over) {
            return new TransactionCheck(over, transactions);
        } else {
            throw new IllegalStateException("unexpected " + condition);
        }
    }

    private static Check looking(Supplier<Sight> look, Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return new Check() {
            @Override
            public Sight look() {
                return look.get();
            }

            @Override
            public Set<Kind> wanted() {
                return wanted;
            }
        };
    }

    private Sight committed(OffsetCommitted wanted) {
        Long offset = groups.committed(wanted.groupId()).get(wanted.partition());
        return offset == null
                ? Sight.of(false, "it has committed no offset of it")
                : Sight.of(offset >= wanted.atLeast(), "it has committed " + offset);
    }

    private Sight presence(TopicPresence wanted) {
        Topic topic = topics.find(wanted.topic()).orElse(null);
        boolean isThere = topic != null;
        return Sight.of(
                isThere == (wanted.wanted() == Presence.EXISTS),
                isThere ? "it exists, with partitions: " + topic.partitionCount() : "there is no such topic");
    }
}
