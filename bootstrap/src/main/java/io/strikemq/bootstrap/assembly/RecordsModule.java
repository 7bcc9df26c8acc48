package io.strikemq.bootstrap.assembly;

import io.strikemq.application.cluster.LogDirs;
import io.strikemq.application.cluster.ReplicaLogDirs;
import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.deletion.RecordDeletions;
import io.strikemq.application.fetch.LongPollFetch;
import io.strikemq.application.marker.LocalMarkers;
import io.strikemq.application.marker.MarkerListener;
import io.strikemq.application.offset.LogOffsets;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.AutoCreatingProduce;
import io.strikemq.application.produce.LocalProduce;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.producer.ProducerListings;
import io.strikemq.application.put.PuttingRecords;
import io.strikemq.application.retention.LogRetention;
import io.strikemq.application.retention.TopicLogTending;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.config.CleanerConfigs;

/** Partitions, and what is produced to them and read from them. */
final class RecordsModule {
    private RecordsModule() {}

    /** A batch may become this part of the heap in plain: while it is opened it takes twice as much, on each event loop. */
    private static final int SHARE_OF_A_BATCH = 8;

    static ProducerSettings producerSettings(Configuration configuration) {
        return new ProducerSettings(
                configuration.get(Settings.PRODUCER_ID_EXPIRATION),
                configuration.get(Settings.PRODUCER_ID_EXPIRATION_CHECK));
    }

    static FetchSettings fetchSettings(Configuration configuration) {
        return new FetchSettings(
                configuration.get(Settings.FETCH_SESSION_SLOTS), configuration.get(Settings.FETCH_MAX_BYTES));
    }

    static RecordReader reader(CompressionCodecs codecs) {
        long possible = Runtime.getRuntime().maxMemory() / SHARE_OF_A_BATCH;
        return new RecordReader(codecs, (int) Math.min(RecordReader.DEFAULT_MAX_PLAIN_BYTES, possible));
    }

    static Partitions partitions(
            PartitionLogs logs,
            TopicSettingsCache settings,
            ProducerSettings producers,
            Clock clock,
            BackgroundThread background,
            WorkerThreads workers,
            Shutdown shutdown) {
        return shutdown.closing(
                Part.PARTITIONS, new Partitions(logs, settings::of, producers, clock, background, workers));
    }

    static ProduceRecords produce(
            Partitions partitions,
            DescribeTopics topics,
            RecordReader reader,
            CompressionCodecs codecs,
            TransactionVerification verification,
            Clock clock) {
        LocalProduce local = new LocalProduce(partitions, new ProduceValidation(reader, codecs), verification, clock);
        return new AutoCreatingProduce(partitions, topics, local);
    }

    static FetchRecords fetch(
            Partitions partitions,
            RecordReader reader,
            CompressionCodecs codecs,
            FetchSettings settings,
            Identifiers identifiers,
            Clock clock,
            Deadlines deadlines) {
        DownConversion downConversion = new DownConversion(reader, codecs);
        return new LongPollFetch(partitions, downConversion, settings, identifiers, clock, deadlines);
    }

    static LookUpOffsets offsets(Partitions partitions, RecordReader reader) {
        return new LogOffsets(partitions, reader);
    }

    static DeleteRecords deletions(Partitions partitions, WorkerThreads workers) {
        return new RecordDeletions(partitions, workers);
    }

    static LogRetention retention(
            Partitions partitions,
            Configuration configuration,
            Clock clock,
            Deadlines deadlines,
            BackgroundThread background) {
        return new LogRetention(
                partitions, configuration.get(Settings.RETENTION_CHECK_INTERVAL), clock, deadlines, background);
    }

    /** The keys of a compaction may take this part of the heap. */
    private static final int SHARE_OF_KEYS = 4;

    static LogCompaction compaction(
            Partitions partitions,
            RecordReader reader,
            CompressionCodecs codecs,
            DynamicBrokerConfigs configs,
            Clock clock,
            Deadlines deadlines,
            BackgroundThread background,
            Shutdown shutdown) {
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_KEYS;
        LogCompaction compaction = new LogCompaction(
                partitions,
                reader,
                codecs,
                () -> CleanerConfigs.settings(configs.get()).withDedupeBufferUpTo(most),
                clock,
                deadlines,
                background);
        return shutdown.closing(Part.COMPACTION, compaction);
    }

    static TendLogs tendLogs(Partitions partitions, LogCompaction compaction, Clock clock) {
        return new TopicLogTending(partitions, compaction, clock);
    }

    static WriteTransactionMarkers markers(Partitions partitions, MarkerListener listener) {
        return new LocalMarkers(partitions, listener);
    }

    static DescribeLogDirs logDirs(PartitionLogs logs, Partitions partitions, WorkerThreads workers) {
        return new LogDirs(logs, partitions, workers);
    }

    static AlterReplicaLogDirs alterReplicaLogDirs(PartitionLogs logs, Partitions partitions) {
        return new ReplicaLogDirs(logs, partitions);
    }

    static DescribeProducers describeProducers(Partitions partitions) {
        return new ProducerListings(partitions);
    }

    static PutRecords putting(
            DescribeTopics topics, Partitions partitions, FetchRecords fetch, CompressionCodecs codecs, Clock clock) {
        return new PuttingRecords(topics, partitions, fetch, codecs, clock);
    }
}
