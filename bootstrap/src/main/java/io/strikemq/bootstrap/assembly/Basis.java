package io.strikemq.bootstrap.assembly;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.retention.LogRetention;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.TimerThread;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.config.TopicConfigs;

/**
 * What everything else stands on: threads, storage, topics and partitions, each made from those above it by the module of
 * its noun. Storage is opened meanwhile, nothing is read from it yet.
 */
final class Basis {
    final Configuration configuration;
    final Clock clock;
    final Shutdown shutdown;
    final Identifiers identifiers = SystemModule.identifiers();
    final CompressionCodecs codecs = SystemModule.codecs();
    final TimerThread timer;
    final WorkerThreads workers;
    final StorageModule.Storage storage;
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
    final DescribeTopics describeTopics;
    final Partitions partitions;
    final LogRetention retention;
    final LogCompaction compaction;
    final RecordReader reader;

    Basis(Configuration configuration, Clock clock, EndpointsFile endpoints, Shutdown shutdown) {
        this.configuration = configuration;
        this.clock = clock;
        this.shutdown = shutdown;
        timer = SystemModule.timer(shutdown);
        workers = SystemModule.workers(shutdown);
        BackgroundThread background = SystemModule.background(shutdown);
        storage = StorageModule.storage(configuration, identifiers, clock, background, endpoints, shutdown);

        features = ClusterModule.features(storage.cluster(), configuration);
        resourceConfigs = TopicsModule.resourceConfigs(storage.cluster());
        brokerConfigs = TopicsModule.dynamicBrokerConfigs(resourceConfigs, configuration, features);
        cluster = TopicsModule.cluster(configuration, storage.store());
        topicDefaults = TopicsModule.defaults(configuration);
        topicConfigs = TopicsModule.topicConfigs(topicDefaults, brokerConfigs);
        registry = TopicsModule.registry(storage.catalog());
        topicSettings = TopicsModule.topicSettings(topicConfigs);
        planner = TopicsModule.planner(registry, cluster, topicDefaults, topicConfigs, identifiers);
        internalTopics = TopicsModule.internalTopics(registry, planner, topicDefaults);
        describeTopics =
                TopicsModule.describeTopics(registry, cluster, topicDefaults, planner, internalTopics, workers);

        partitions = RecordsModule.partitions(
                storage.logs(),
                topicSettings,
                RecordsModule.producerSettings(configuration),
                clock,
                background,
                workers,
                shutdown);
        retention = RecordsModule.retention(partitions, configuration, clock, timer, background);
        reader = RecordsModule.reader(codecs);
        compaction =
                RecordsModule.compaction(partitions, reader, codecs, brokerConfigs, clock, timer, background, shutdown);
    }
}
