package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.coordinator.KafkaGroupRecordFormat;
import io.strikemq.application.config.GroupTimeConfigs;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.group.CommitsUnderMembers;
import io.strikemq.application.group.ConsumerGroupMembership;
import io.strikemq.application.group.ConsumerOffsetsLog;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.group.FormerGroups;
import io.strikemq.application.group.GroupInspection;
import io.strikemq.application.group.GroupParticipation;
import io.strikemq.application.group.GroupProtocols;
import io.strikemq.application.group.OffsetCommits;
import io.strikemq.application.group.OffsetResets;
import io.strikemq.application.group.PendingOffsetEnds;
import io.strikemq.application.group.SteeredGroups;
import io.strikemq.application.group.TransactionalOffsetCommits;
import io.strikemq.application.marker.MarkerListener;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.ConsumerGroupSettingsTable;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.Re2RegularExpressions;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.port.in.SteerGroups;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.config.BrokerConfigs;
import java.time.Duration;

/** Consumer groups and their offsets. */
final class GroupsModule {
    private GroupsModule() {}

    static GroupSettings settings(Configuration configuration) {
        Duration delay = configuration.get(Settings.GROUP_INITIAL_REBALANCE_DELAY);
        return new GroupSettings(
                configuration.get(Settings.GROUP_MIN_SESSION_TIMEOUT),
                configuration.get(Settings.GROUP_MAX_SESSION_TIMEOUT),
                delay.isNegative() ? Duration.ZERO : delay,
                configuration.get(Settings.GROUP_MAX_SIZE),
                configuration.get(Settings.OFFSET_METADATA_MAX_BYTES),
                configuration.get(Settings.OFFSETS_RETENTION),
                GroupSettings.DEFAULT.retentionCheckInterval());
    }

    static ConsumerGroupSettings consumerSettings(Configuration configuration) {
        return new ConsumerGroupSettings(
                configuration.get(ConsumerGroupSettingsTable.MAX_SIZE),
                configuration.get(ConsumerGroupSettingsTable.ASSIGNORS),
                configuration.get(ConsumerGroupSettingsTable.MIGRATION_POLICY),
                configuration.get(ConsumerGroupSettingsTable.REGEX_REFRESH_INTERVAL));
    }

    static GroupProtocols protocols(
            GroupSettings settings,
            ConsumerGroupSettings consumerSettings,
            ResourceConfigs stored,
            BrokerConfigs brokers,
            Clock clock) {
        return new GroupProtocols(
                settings,
                consumerSettings,
                new GroupTimeConfigs(stored, brokers::synonyms, clock),
                new Re2RegularExpressions());
    }

    static CoordinatedGroups groups(
            GroupProtocols protocols,
            ConsumerOffsetsLog log,
            FormerGroups former,
            TopicRegistry topics,
            Clock clock,
            Deadlines deadlines,
            WorkerThreads workers,
            Shutdown shutdown) {
        return shutdown.closing(
                Part.GROUPS, new CoordinatedGroups(protocols, log, former, topics, clock, deadlines, workers));
    }

    static JoinConsumerGroup joinConsumerGroup(
            CoordinatedGroups groups,
            ConsumerGroupSettings settings,
            Configuration configuration,
            FeatureAdministration features,
            Identifiers identifiers,
            WorkerThreads workers) {
        boolean isEnabled = configuration
                .get(ConsumerGroupSettingsTable.REBALANCE_PROTOCOLS)
                .contains(ConsumerGroup.TYPE);
        return new ConsumerGroupMembership(
                groups, settings, identifiers, () -> isEnabled && features.level(Feature.GROUP_VERSION) > 0, workers);
    }

    static ConsumerOffsetsLog log(
            InternalTopics topics,
            TopicRegistry registry,
            Partitions partitions,
            CompressionCodecs codecs,
            Clock clock) {
        return new ConsumerOffsetsLog(topics, registry, partitions, new KafkaGroupRecordFormat(), codecs, clock);
    }

    static ParticipateInGroup participation(
            CoordinatedGroups groups, GroupSettings settings, Identifiers identifiers, WorkerThreads workers) {
        return new GroupParticipation(groups, settings, identifiers, workers);
    }

    static InspectGroups inspection(CoordinatedGroups groups, TopicRegistry topics, ConsumerGroupSettings settings) {
        return new GroupInspection(groups, topics, settings);
    }

    static CommitOffsets offsets(
            CoordinatedGroups groups,
            TopicRegistry topics,
            GroupSettings settings,
            Clock clock,
            WorkerThreads workers) {
        return new OffsetCommits(groups, topics, settings, clock, workers);
    }

    /** Asked by the REST API and for the powers. */
    static ResetOffsets resets(
            InspectGroups groups,
            CommitOffsets commits,
            CommitsUnderMembers commitsUnderMembers,
            LookUpOffsets logs,
            TopicRegistry topics) {
        return new OffsetResets(groups, commits, commitsUnderMembers, logs, topics);
    }

    static CommitsUnderMembers commitsUnderMembers(
            CoordinatedGroups groups,
            TopicRegistry topics,
            GroupSettings settings,
            Clock clock,
            WorkerThreads workers) {
        return new CommitsUnderMembers(groups, topics, settings, clock, workers);
    }

    static SteerGroups steering(CoordinatedGroups groups, ResetOffsets resets, Identifiers identifiers) {
        return new SteeredGroups(groups, resets, identifiers);
    }

    static CommitOffsetsInTransaction transactionalOffsets(
            CoordinatedGroups groups,
            TransactionVerification verification,
            TopicRegistry topics,
            GroupSettings settings,
            Clock clock,
            WorkerThreads workers) {
        return new TransactionalOffsetCommits(groups, verification, topics, settings, clock, workers);
    }

    /** Whoever keeps something that ends with a transaction. */
    static MarkerListener markerListener(CoordinatedGroups groups) {
        return new PendingOffsetEnds(groups);
    }
}
