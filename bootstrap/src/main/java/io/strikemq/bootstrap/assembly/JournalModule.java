package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.application.journal.AutoCreations;
import io.strikemq.application.journal.BrokerJournal;
import io.strikemq.application.journal.Damages;
import io.strikemq.application.journal.GroupStory;
import io.strikemq.application.journal.ToldConfigs;
import io.strikemq.application.journal.ToldProducers;
import io.strikemq.application.journal.ToldTending;
import io.strikemq.application.journal.ToldTopics;
import io.strikemq.application.journal.TransactionStory;
import io.strikemq.application.transaction.TransactionWatch;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.PowerSettings;
import io.strikemq.domain.fault.FaultableApi;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Events;
import java.util.List;
import java.util.function.Supplier;

/** What the broker remembers of requests and events. */
final class JournalModule {
    private JournalModule() {}

    static BrokerJournal journal(
            Configuration configuration,
            Interceptors interceptors,
            Clock clock,
            Clock machineClock,
            Supplier<List<FaultableApi>> served) {
        BrokerJournal journal = new BrokerJournal(
                interceptors,
                clock,
                machineClock,
                () -> served.get().stream().map(FaultableApi::name).toList());
        journal.keep(configuration.get(PowerSettings.JOURNAL_REQUESTS));
        return journal;
    }

    /** The same use cases, where those are told that change topics, remove records or fence producers. */
    static InboundPorts told(InboundPorts ports, Events events) {
        InboundPorts.Records records = ports.records();
        InboundPorts.Topics topics = ports.topics();
        InboundPorts.Transactions transactions = ports.transactions();
        ToldTopics told =
                new ToldTopics(topics.create(), topics.delete(), topics.createPartitions(), records.delete(), events);
        return new InboundPorts(
                new InboundPorts.Records(
                        records.produce(),
                        records.fetch(),
                        records.lookUpOffsets(),
                        told,
                        records.describeProducers(),
                        records.writeMarkers()),
                ports.groups(),
                new InboundPorts.Transactions(
                        new ToldProducers(transactions.initProducer(), events),
                        transactions.run(),
                        transactions.inspect()),
                new InboundPorts.Topics(
                        topics.describe(),
                        topics.describePartitions(),
                        told,
                        told,
                        told,
                        new ToldConfigs(topics.configs(), events),
                        topics.electLeaders(),
                        topics.reassign()),
                ports.cluster());
    }

    static TendLogs told(TendLogs logs, Events events) {
        return new ToldTending(logs, events);
    }

    /** From now on the events are told of this core that it makes by itself. */
    static void follow(Core core) {
        Basis basis = core.basis;
        Events events = basis.events;
        AutoCreations creations = new AutoCreations(events);
        basis.describeTopics.onCreation(creations);
        basis.registry.addListener(creations);
        basis.retention.onExpired(
                (partition, said) -> events.happened(Happening.ofTopic(Kind.RECORDS_REMOVED, partition.topic(), said)));
        basis.compaction.onCompacted(
                (partition, said) -> events.happened(Happening.ofTopic(Kind.RECORDS_REMOVED, partition.topic(), said)));
        basis.partitions.onDamage(new Damages(events));
        core.coordinators.groups.watchedBy(new GroupStory(basis.partitions::topicName, events));
    }

    static TransactionWatch transactions(Events events) {
        return new TransactionStory(events);
    }
}
