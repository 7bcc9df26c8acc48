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
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.settings.TransactionSettings;

/** Who keeps groups and transactions, with the logs that they write to. */
final class Coordinators {
    final GroupSettings groupSettings;
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
        groups = GroupsModule.groups(groupSettings, groupLog, basis.registry, basis.clock, basis.timer, basis.shutdown);
        markers = RecordsModule.markers(basis.partitions, GroupsModule.markerListener(groups));

        TransactionSettings settings = TransactionsModule.settings(basis.configuration);
        producerIds = TransactionsModule.producerIds(basis.storage.store());
        TransactionStateLog log = TransactionsModule.log(
                basis.internalTopics, basis.registry, basis.partitions, basis.features, basis.codecs, basis.clock);
        CoordinatedTransactions.Foundation foundation =
                TransactionsModule.foundation(log, markers, basis.features, producerIds, basis.workers);
        transactions = TransactionsModule.transactions(settings, foundation, basis.clock, basis.timer, basis.shutdown);
        ConsumerOffsetsPartitions offsets = TransactionsModule.offsets(basis.registry, basis.topicDefaults);
        coordination = TransactionsModule.coordination(transactions, settings, basis.partitions, offsets);
        verification = TransactionsModule.verification(coordination, basis.clock, basis.timer);
    }
}
