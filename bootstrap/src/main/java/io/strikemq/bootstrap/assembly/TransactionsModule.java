package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.coordinator.KafkaTransactionRecordFormat;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.PatientVerification;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.producer.ProducerIdBlocks;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.transaction.ConsumerOffsetsPartitions;
import io.strikemq.application.transaction.CoordinatedTransactions;
import io.strikemq.application.transaction.ProducerFencing;
import io.strikemq.application.transaction.ProducerInitialization;
import io.strikemq.application.transaction.TransactionCoordination;
import io.strikemq.application.transaction.TransactionInspection;
import io.strikemq.application.transaction.TransactionStateLog;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.function.Supplier;

/** Transactions and the ids of producers. */
final class TransactionsModule {
    private TransactionsModule() {}

    static TransactionSettings settings(Configuration configuration) {
        return new TransactionSettings(
                configuration.get(Settings.TRANSACTION_MAX_TIMEOUT),
                configuration.get(Settings.TRANSACTIONAL_ID_EXPIRATION),
                configuration.get(Settings.TRANSACTION_ABORT_INTERVAL),
                configuration.get(Settings.TRANSACTION_REMOVE_INTERVAL));
    }

    /** It can be changed while the broker runs. */
    private static Supplier<TransactionVersion> version(FeatureAdministration features) {
        return () -> TransactionVersion.of(features.level(Feature.TRANSACTION_VERSION));
    }

    static ProducerIdBlocks producerIds(BrokerStore store) {
        return new ProducerIdBlocks(store);
    }

    static TransactionStateLog log(
            InternalTopics topics,
            TopicRegistry registry,
            Partitions partitions,
            FeatureAdministration features,
            CompressionCodecs codecs,
            Clock clock) {
        return new TransactionStateLog(
                topics, registry, partitions, new KafkaTransactionRecordFormat(), version(features), codecs, clock);
    }

    static CoordinatedTransactions.Foundation foundation(
            TransactionStateLog log,
            WriteTransactionMarkers markers,
            FeatureAdministration features,
            ProducerIdBlocks producerIds,
            WorkerThreads workers) {
        return new CoordinatedTransactions.Foundation(log, markers, version(features), producerIds, workers);
    }

    static CoordinatedTransactions transactions(
            TransactionSettings settings,
            CoordinatedTransactions.Foundation foundation,
            Clock clock,
            Deadlines deadlines,
            Shutdown shutdown) {
        return shutdown.closing(Part.TRANSACTIONS, new CoordinatedTransactions(settings, foundation, clock, deadlines));
    }

    static ConsumerOffsetsPartitions offsets(TopicRegistry topics, TopicDefaults defaults) {
        return new ConsumerOffsetsPartitions(topics, defaults);
    }

    static TransactionCoordination coordination(
            CoordinatedTransactions transactions,
            TransactionSettings settings,
            Partitions partitions,
            ConsumerOffsetsPartitions offsets) {
        return new TransactionCoordination(transactions, settings, partitions, offsets);
    }

    static TransactionVerification verification(TransactionCoordination coordination, Deadlines deadlines) {
        return new PatientVerification(coordination, deadlines);
    }

    static InspectTransactions inspect(CoordinatedTransactions transactions, Clock clock) {
        return new TransactionInspection(transactions, clock);
    }

    static FenceProducers fencing(CoordinatedTransactions transactions, TransactionCoordination coordination) {
        return new ProducerFencing(transactions, coordination);
    }

    static InitProducer initProducer(ProducerIdBlocks producerIds, TransactionCoordination coordination) {
        return new ProducerInitialization(producerIds, coordination);
    }
}
