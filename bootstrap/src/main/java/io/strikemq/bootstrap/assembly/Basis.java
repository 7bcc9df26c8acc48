package io.strikemq.bootstrap.assembly;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.group.FormerGroups;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.retention.LogRetention;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicListings;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.config.TopicConfigs;

/**
 * What everything else in a core stands on: topics and partitions, each made from those above it by the module of its
 * noun, upon what the shell has. Nothing is read from storage yet.
 */
final class Basis {
    final Configuration configuration;
    final Clock clock;
    final Shutdown shutdown;
    final Identifiers identifiers;
    final CompressionCodecs codecs;
    /** Told of what rarely happens. */
    final Events events;

    final CoreDeadlines deadlines;
    final WorkerThreads workers;
    final FormerGroups formerGroups;
    final BrokerStore store;
    final StorageFence fence;
    final StoredState stored;
    final FeatureAdministration features;
    final ResourceConfigs resourceConfigs;
    final DynamicBrokerConfigs brokerConfigs;
    final ClusterView cluster;
    final TopicDefaults topicDefaults;
    final TopicConfigs topicConfigs;
    final TopicRegistry registry;
    final TopicSettingsCache topicSettings;
    final TopicPlanner planner;
    final InternalTopics internalTopics;
    final TopicListings describeTopics;
    final Partitions partitions;
    final LogRetention retention;
    final LogCompaction compaction;
    final RecordReader reader;

    /** {@code shutdown}: the core's own. */
    Basis(Shell shell, Shutdown shutdown) {
        this.shutdown = shutdown;
        configuration = shell.configuration;
        clock = shell.clock;
        identifiers = shell.identifiers;
        codecs = shell.codecs;
        events = shell.journal().events();
        workers = shell.workers;
        formerGroups = shell.formerGroups;
        store = shell.storage.store();
        fence = new StorageFence(shell.storage.states().current());
        stored = fence.inside();
        deadlines = shutdown.closing(Part.DEADLINES, new CoreDeadlines(shell.time.deadlines()));
        BackgroundThread background = shell.background;

        features = ClusterModule.features(stored.cluster(), configuration);
        resourceConfigs = TopicsModule.resourceConfigs(stored.cluster());
        brokerConfigs = TopicsModule.dynamicBrokerConfigs(resourceConfigs, configuration, features);
        cluster = TopicsModule.cluster(configuration, store);
        topicDefaults = TopicsModule.defaults(configuration);
        topicConfigs = TopicsModule.topicConfigs(topicDefaults, brokerConfigs);
        registry = TopicsModule.registry(stored.catalog());
        topicSettings = TopicsModule.topicSettings(topicConfigs);
        planner = TopicsModule.planner(registry, cluster, topicDefaults, topicConfigs, identifiers);
        internalTopics = TopicsModule.internalTopics(registry, planner, topicDefaults);
        describeTopics =
                TopicsModule.describeTopics(registry, cluster, topicDefaults, planner, internalTopics, workers);

        partitions = RecordsModule.partitions(
                stored.logs(),
                topicSettings,
                RecordsModule.producerSettings(configuration),
                clock,
                background,
                workers,
                shutdown);
        retention = RecordsModule.retention(partitions, configuration, clock, deadlines.work(), background);
        reader = RecordsModule.reader(codecs);
        compaction = RecordsModule.compaction(
                partitions, reader, codecs, brokerConfigs, clock, deadlines.work(), background, shutdown);
    }
}
