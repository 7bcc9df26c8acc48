package io.strikemq.application;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.adapter.storage.memory.HeapPartitionLogs;
import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.deletion.RecordDeletions;
import io.strikemq.application.fetch.LongPollFetch;
import io.strikemq.application.offset.LogOffsets;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.LocalProduce;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.retention.LogRetention;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The use cases around partitions, put together on heap storage and a time that the test drives. */
public final class OneBroker {
    public static final RequestContext CLIENT =
            new RequestContext(1, "PLAINTEXT", RequestContext.ANONYMOUS, "a-client", "/127.0.0.1");

    public static final TopicSettings KAFKA_DEFAULTS = new TopicSettings(
            1_048_588,
            TimestampType.CREATE_TIME,
            Long.MAX_VALUE,
            3_600_000L,
            Optional.empty(),
            Set.of("delete"),
            1,
            1 << 30,
            4096,
            LogLife.DEFAULT,
            CompactionSettings.DEFAULT);

    /** How often old records are looked for. */
    public static final Duration CHECK_INTERVAL = Duration.ofMinutes(5);

    public final ManualTime time;
    public final CompressionCodecs codecs = new NativeCodecs();
    public final FixedIdentifiers identifiers = new FixedIdentifiers(42);
    public final WatchedLogs logs;
    public final TopicRegistry topics;
    public final Partitions partitions;
    public final ProduceRecords produce;
    public final FetchRecords fetch;
    public final LookUpOffsets offsets;
    public final DeleteRecords deletions;
    /** Not started. */
    public final LogRetention retention;
    /** Not started. */
    public final LogCompaction compaction;

    /** How logs are compacted; a test may change it. */
    public CleanerSettings cleaner = CleanerSettings.DEFAULT;

    private TopicSettings settings = KAFKA_DEFAULTS;
    private TransactionVerification verification = OneBroker::knowsNoTransaction;

    public OneBroker() {
        this(FetchSettings.DEFAULT);
    }

    public OneBroker(FetchSettings fetchSettings) {
        this(fetchSettings, Runnable::run);
    }

    /** A broker whose slow work is done by {@code workers}. */
    public OneBroker(FetchSettings fetchSettings, Executor workers) {
        this(fetchSettings, new ManualTime(), workers);
    }

    private OneBroker(FetchSettings fetchSettings, ManualTime time, Executor workers) {
        this(fetchSettings, time, new WatchedLogs(new HeapPartitionLogs(time)), workers);
    }

    private OneBroker(FetchSettings fetchSettings, ManualTime time, WatchedLogs logs, Executor workers) {
        this.time = time;
        topics = new TopicRegistry(new HeapTopicCatalog());
        this.logs = logs;
        partitions = new Partitions(logs, topic -> settings, ProducerSettings.DEFAULT, time, Runnable::run, workers);
        topics.addListener(partitions);
        RecordReader reader = new RecordReader(codecs);
        produce = new LocalProduce(
                partitions, new ProduceValidation(reader, codecs), question -> verification.verify(question), time);
        fetch = new LongPollFetch(
                partitions, new DownConversion(reader, codecs), fetchSettings, identifiers, time, time);
        offsets = new LogOffsets(partitions, reader);
        deletions = new RecordDeletions(partitions, workers);
        retention = new LogRetention(partitions, CHECK_INTERVAL, time, time, Runnable::run);
        topics.addListener(retention);
        compaction = new LogCompaction(partitions, reader, codecs, () -> cleaner, time, time, new InOrder());
        topics.addListener(compaction);
    }

    /** Another broker on the same logs and topics, as after a restart; the test closes this one or not. */
    public OneBroker restarted() {
        OneBroker next = new OneBroker(FetchSettings.DEFAULT, new ManualTime(), logs, Runnable::run);
        topics.all().forEach(next.topics::create);
        return next;
    }

    /** From now on all topics have these settings. */
    public void settings(TopicSettings newSettings) {
        settings = newSettings;
    }

    /** From now on records and segments of all topics last like this. */
    public void settings(Set<String> cleanupPolicies, LogLife life) {
        TopicSettings before = settings;
        settings = new TopicSettings(
                before.maxMessageBytes(),
                before.timestampType(),
                before.timestampBeforeMaxMs(),
                before.timestampAfterMaxMs(),
                before.compression(),
                cleanupPolicies,
                before.minInSyncReplicas(),
                before.segmentBytes(),
                before.indexIntervalBytes(),
                life,
                before.compaction());
    }

    private static CompletionStage<Map<TopicPartition, ErrorCode>> knowsNoTransaction(AddPartitionsCommand question) {
        Map<TopicPartition, ErrorCode> answers = new HashMap<>();
        question.partitions().forEach(partition -> answers.put(partition, ErrorCode.INVALID_TXN_STATE));
        return CompletableFuture.completedFuture(answers);
    }

    /** From now on this one is asked for transactions. */
    public void verification(TransactionVerification newVerification) {
        verification = newVerification;
    }

    /** A new topic. */
    public Topic topic(String name, int partitionCount) {
        Topic topic = new Topic(name, identifiers.newUuid(), partitionCount, (short) 1, Map.of());
        topics.create(topic);
        return topic;
    }

    /** The partition of that name. */
    public Partition partition(String topic, int partition) {
        return partitions.find(new TopicPartition(topic, partition));
    }

    /** Produces a batch with acks=all, as Kafka's newest client does. */
    public PartitionProduced produce(String topic, int partition, ByteBuffer batch) {
        return produce(CLIENT, TopicRef.byName(topic), partition, batch);
    }

    /** Produces a batch for a client to a topic by name or by id. */
    public PartitionProduced produce(RequestContext client, TopicRef topic, int partition, ByteBuffer batch) {
        return produceAll(client, List.of(new PartitionRecords(topic, partition, batch)))
                .get(0);
    }

    /** Produces to several partitions at once. */
    public List<PartitionProduced> produceAll(RequestContext client, List<PartitionRecords> records) {
        ProduceCommand command = new ProduceCommand(Acks.ALL, Duration.ofSeconds(30), null, Formats.V2, records);
        return produce.produce(client, command).toCompletableFuture().join();
    }

    /** Produces records with these values. */
    public PartitionProduced produce(String topic, int partition, String... values) {
        return produce(
                topic,
                partition,
                new Batch(time.wallClockMillis()).records(values).build(codecs));
    }

    /** Appends a record of a transaction that this producer has open, or begins here. */
    public void transactional(String topic, int partition, long producer, int sequence, String value) {
        ProducerIdentity identity = new ProducerIdentity(producer, (short) 0);
        TransactionGuard guard = partition(topic, partition).beginVerification(identity, sequence, false);
        ByteBuffer batch = new Batch(time.wallClockMillis())
                .producer(producer, 0, sequence)
                .transactional()
                .records(value)
                .build(codecs);
        partition(topic, partition).append(new RecordBatch(batch, 0), guard);
    }

    /** Ends a producer's transaction. */
    public void end(String topic, int partition, long producer, Outcome outcome) {
        partition(topic, partition)
                .appendMarker(new TransactionMarker(new ProducerIdentity(producer, (short) 0), outcome, 0, (short) 1));
    }

    /** Deletes a partition's records before an offset. */
    public RecordsDeleted deleteBefore(String topic, int partition, long offset) {
        RecordDeletion deletion = new RecordDeletion(new TopicPartition(topic, partition), offset);
        return deletions
                .deleteRecords(CLIENT, List.of(deletion))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    /** Begins a fetch. */
    public CompletableFuture<FetchResult> fetch(Reading reading) {
        return fetch.fetch(CLIENT, reading.query()).toCompletableFuture();
    }

    /** A fetch that must be answered at once. */
    public FetchResult read(Reading reading) {
        CompletableFuture<FetchResult> answer = fetch(reading);
        if (!answer.isDone()) {
            throw new AssertionError("the fetch waits: " + reading.query());
        }
        return answer.join();
    }
}
