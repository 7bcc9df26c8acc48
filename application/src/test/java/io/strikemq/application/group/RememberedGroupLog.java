package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.ProducerStates;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;

/** A log of groups in memory that can be broken. */
final class RememberedGroupLog implements GroupLog {
    private static final long NOBODY = -1;

    /** A record, maybe of a producer's transaction; or, without one, the marker that ends it. */
    record Entry(GroupRecord groupRecord, long producerId, Outcome outcome) {}

    /** What the last transaction was begun with. */
    boolean beganWithBumps;

    private final Trouble trouble;
    private final List<Entry> entries = new ArrayList<>();
    private ErrorCode failure = ErrorCode.NONE;
    private Runnable onPrepare = () -> {};

    RememberedGroupLog(Trouble trouble) {
        this.trouble = trouble;
    }

    void failWith(ErrorCode error) {
        failure = error;
    }

    void repair() {
        failure = ErrorCode.NONE;
    }

    /** Something that happens between the look at a new group's request and the group's first record. */
    void onPrepare(Runnable action) {
        onPrepare = action;
    }

    /** All records, those of transactions too. */
    List<GroupRecord> records() {
        return entries.stream()
                .filter(entry -> entry.groupRecord() != null)
                .map(Entry::groupRecord)
                .toList();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Ends a producer's transaction; returns where its marker lies. */
    LogPosition mark(long producerId, Outcome outcome) {
        trouble.passing(Trouble.Where.BEFORE_AN_APPEND);
        LogPosition at = end();
        entries.add(new Entry(null, producerId, outcome));
        trouble.passing(Trouble.Where.AFTER_AN_APPEND);
        return at;
    }

    private LogPosition end() {
        return new LogPosition(0, entries.size());
    }

    @Override
    public boolean isPrepared() {
        return true;
    }

    @Override
    public void prepare() {
        onPrepare.run();
    }

    @Override
    public void append(List<GroupRecord> appended) {
        append(appended, NOBODY);
    }

    @Override
    public TransactionStart begin(String groupId, ProducerIdentity producer, boolean producerBumpsEpochs) {
        beganWithBumps = producerBumpsEpochs;
        TopicPartition partition = new TopicPartition(Topic.CONSUMER_OFFSETS, 0);
        return new TransactionStart(
                partition, new ProducerStates().beginVerification(producer, -1, producerBumpsEpochs, 0));
    }

    @Override
    public LogPosition append(List<GroupRecord> offsets, ProducerIdentity producer, TransactionGuard guard) {
        return append(offsets, producer.id());
    }

    private LogPosition append(List<GroupRecord> appended, long producerId) {
        if (failure != ErrorCode.NONE) {
            throw new BrokerException(failure, "The log is broken.");
        }
        trouble.passing(Trouble.Where.BEFORE_AN_APPEND);
        LogPosition at = end();
        appended.forEach(each -> entries.add(new Entry(each, producerId, null)));
        trouble.passing(Trouble.Where.AFTER_AN_APPEND);
        return at;
    }

    @Override
    public void replay(Visitor visitor) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            LogPosition at = new LogPosition(0, i);
            if (entry.outcome() != null) {
                visitor.ended(entry.producerId(), at, entry.outcome());
            } else if (entry.producerId() == NOBODY) {
                visitor.found(entry.groupRecord());
            } else {
                visitor.foundPending((GroupRecord.Offset) entry.groupRecord(), entry.producerId(), at);
            }
        }
    }
}
