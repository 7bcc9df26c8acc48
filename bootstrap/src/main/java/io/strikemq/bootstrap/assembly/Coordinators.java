package io.strikemq.bootstrap.assembly;

import io.strikemq.application.group.ConsumerOffsetsLog;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.produce.TransactionVerification;
import io.strikemq.application.producer.ProducerIdBlocks;
import io.strikemq.application.transaction.ConsumerOffsetsPartitions;
import io.strikemq.application.transaction.CoordinatedTransactions;
import io.strikemq.application.transaction.TransactionCoordination;
import io.strikemq.application.transaction.TransactionStateLog;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.config.BrokerConfigs;

/** Who keeps groups and transactions, with the logs that they write to. */
final class Coordinators {
    final GroupSettings groupSettings;
    final ConsumerGroupSettings consumerGroupSettings;
    final BrokerConfigs brokerConfigs;
    final CoordinatedGroups groups;
    final WriteTransactionMarkers markers;
    final ProducerIdBlocks producerIds;
    final CoordinatedTransactions transactions;
    final TransactionCoordination coordination;
    final TransactionVerification verification;

    Coordinators(Basis basis) {
        groupSettings = GroupsModule.settings(basis.configuration);
        ConsumerOffsetsLog groupLog =
                GroupsModule.log(basis.internalTopics, basis.registry, basis.partitions, basis.codecs, basis.clock);
        consumerGroupSettings = GroupsModule.consumerSettings(basis.configuration);
        brokerConfigs = TopicsModule.brokerConfigs(
                basis.topicDefaults, basis.topicConfigs, basis.configuration, basis.brokerConfigs);
        groups = GroupsModule.groups(
                GroupsModule.protocols(
                        groupSettings, consumerGroupSettings, basis.resourceConfigs, brokerConfigs, basis.clock),
                groupLog,
                basis.formerGroups,
                basis.registry,
                basis.clock,
                basis.deadlines.work(),
                basis.workers,
                basis.shutdown);
        markers = RecordsModule.markers(basis.partitions, GroupsModule.markerListener(groups));

        TransactionSettings settings = TransactionsModule.settings(basis.configuration);
        producerIds = TransactionsModule.producerIds(basis.store);
        TransactionStateLog log = TransactionsModule.log(
                basis.internalTopics, basis.registry, basis.partitions, basis.features, basis.codecs, basis.clock);
        CoordinatedTransactions.Foundation foundation =
                TransactionsModule.foundation(log, markers, basis.features, producerIds, basis.workers);
        transactions = TransactionsModule.transactions(
                settings, foundation, basis.clock, basis.deadlines.work(), basis.shutdown);
        ConsumerOffsetsPartitions offsets = TransactionsModule.offsets(basis.registry, basis.topicDefaults);
        coordination = TransactionsModule.coordination(transactions, settings, basis.partitions, offsets);
        verification = TransactionsModule.verification(coordination, basis.deadlines.answers());
    }
}
