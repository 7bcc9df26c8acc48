package io.strikemq.application.journal;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewPartitions;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The use cases that change topics and remove records, each told with who asked for it. */
public final class ToldTopics implements CreateTopics, DeleteTopics, CreatePartitions, DeleteRecords {
    private final CreateTopics creation;
    private final DeleteTopics deletion;
    private final CreatePartitions partitions;
    private final DeleteRecords records;
    private final Events events;

    /** Has the others do it, and tells {@code events}. */
    public ToldTopics(
            CreateTopics creation,
            DeleteTopics deletion,
            CreatePartitions partitions,
            DeleteRecords records,
            Events events) {
        this.creation = creation;
        this.deletion = deletion;
        this.partitions = partitions;
        this.records = records;
        this.events = events;
    }

    @Override
    public List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode) {
        List<TopicCreated> outcomes = creation.create(context, topics, mode);
        outcomes.stream()
                .filter(created -> mode == Mode.APPLY && created.error() == ErrorCode.NONE)
                .forEach(created -> tell(
                        Kind.TOPIC_CREATED,
                        created.name(),
                        "was created " + with(created.topic().partitionCount())
                                + (created.topic().configs().isEmpty()
                                        ? ""
                                        : " and configs " + created.topic().configs())
                                + by(context)));
        return outcomes;
    }

    @Override
    public List<TopicOutcome> delete(RequestContext context, List<TopicRef> topics) {
        List<TopicOutcome> outcomes = deletion.delete(context, topics);
        outcomes.stream()
                .filter(gone -> gone.error() == ErrorCode.NONE)
                .forEach(gone -> tell(Kind.TOPIC_DELETED, gone.name(), "was deleted" + by(context)));
        return outcomes;
    }

    @Override
    public List<TopicOutcome> createPartitions(RequestContext context, List<NewPartitions> topics, Mode mode) {
        List<TopicOutcome> outcomes = partitions.createPartitions(context, topics, mode);
        outcomes.stream()
                .filter(grown -> mode == Mode.APPLY && grown.error() == ErrorCode.NONE)
                .forEach(grown ->
                        tell(Kind.TOPIC_ALTERED, grown.name(), "was grown " + to(grown.partitions()) + by(context)));
        return outcomes;
    }

    @Override
    public CompletionStage<List<RecordsDeleted>> deleteRecords(RequestContext context, List<RecordDeletion> deletions) {
        return records.deleteRecords(context, deletions).thenApply(outcomes -> {
            outcomes.stream()
                    .filter(deleted -> deleted.error() == ErrorCode.NONE)
                    .forEach(deleted -> events.happened(Happening.ofTopic(
                            Kind.RECORDS_REMOVED,
                            deleted.partition().topic(),
                            "records of " + deleted.partition() + " were deleted" + by(context)
                                    + ": it starts at offset " + deleted.lowWatermark() + " now")));
            return outcomes;
        });
    }

    private void tell(Kind kind, String topic, String what) {
        events.happened(Happening.ofTopic(kind, topic, "topic " + topic + " " + what));
    }

    static String with(int partitions) {
        return "with " + counted(partitions);
    }

    private static String to(int partitions) {
        return "to " + counted(partitions);
    }

    private static String counted(int partitions) {
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private static String by(RequestContext context) {
        return " by " + Who.of(context);
    }
}
