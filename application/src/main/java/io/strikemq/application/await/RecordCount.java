package io.strikemq.application.await;

import io.strikemq.application.await.Check.Sight;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.StoredRecord;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Counts the records of a topic that are as described. Each is read once: a look goes on where the one before ended, and ends after
 * {@link #BYTES_A_LOOK}, so that who else waits has its turn. What it keeps is a place in each partition.
 */
final class RecordCount {
    static final int BYTES_A_LOOK = 8 << 20;
    /** So much of a record is told. */
    private static final int RECORD_CHARACTERS = 200;

    private final RecordsInTopic condition;
    private final TopicRegistry topics;
    private final Partitions partitions;
    private final RecordReader reader;

    private UUID topicId;
    private final List<PartitionScan> scans = new ArrayList<>();
    private long read;
    private long counted;
    private StoredRecord lastOther;

    RecordCount(RecordsInTopic condition, TopicRegistry topics, Partitions partitions, RecordReader reader) {
        this.condition = condition;
        this.topics = topics;
        this.partitions = partitions;
        this.reader = reader;
    }

    Sight look() {
        Topic topic = topics.find(condition.topic()).orElse(null);
        if (topic == null) {
            beginAnew(null);
            return Sight.of(false, "there is no such topic");
        }
        if (!topic.id().equals(topicId)) {
            beginAnew(topic.id());
        }
        if (condition.partition() != null && condition.partition() >= topic.partitionCount()) {
            return Sight.of(false, "the topic has no such partition: it has " + topic.partitionCount());
        }
        addScans(topic);
        int left = BYTES_A_LOOK;
        for (PartitionScan scan : scans) {
            while (left > 0 && counted < condition.count() && !scan.isAtEnd()) {
                left -= scan.readOn();
            }
        }
        boolean holds = counted >= condition.count();
        return new Sight(holds, told(), holds || left > 0);
    }

    /** The topic is another one, or gone: what was counted was in one that is no more. */
    private void beginAnew(UUID id) {
        topicId = id;
        scans.clear();
        read = 0;
        counted = 0;
        lastOther = null;
    }

    private void addScans(Topic topic) {
        for (int number = scans.size(); number < topic.partitionCount(); number++) {
            Partition partition = partitions.find(TopicRef.byId(topic.id()), number);
            boolean isWanted = condition.partition() == null || condition.partition() == number;
            if (partition == null) {
                return; // Not there yet, or not any more: there is one more change, and one more look.
            }
            scans.add(new PartitionScan(isWanted ? partition : null, condition, reader, new Tally()));
        }
    }

    /** What the scans tell. */
    final class Tally {
        /** So many records that count without being looked at. */
        void add(int records) {
            read += records;
            counted += records;
        }

        /** A record. */
        void add(StoredRecord each) {
            read++;
            if (condition.which() == null || passes(each)) {
                counted++;
            } else {
                lastOther = each;
            }
        }
    }

    private boolean passes(StoredRecord each) {
        try {
            return condition.which().test(each);
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(
                    condition.text() + ", but the predicate threw at " + told(each) + ": " + e, e);
        }
    }

    private String told() {
        if (condition.which() == null) {
            return "there are " + counted;
        }
        return counted + " of " + read + " are so"
                + (lastOther == null ? "" : "; the last other one is " + told(lastOther));
    }

    private static String told(StoredRecord record) {
        return Printable.text(record.toString(), RECORD_CHARACTERS);
    }
}
