package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.application.await.Checks;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.group.DeletedTopicOffsets;
import io.strikemq.application.snapshot.StateCutting;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.util.List;

/**
 * All that knows of topics, groups and records: storage's content in memory, the use cases upon it, and the Kafka and REST
 * APIs that ask them. A {@link Shell} has one at a time, and may put another in its place.
 */
final class Core implements AutoCloseable {
    final Basis basis;
    final Coordinators coordinators;
    final InboundPorts ports;
    final Checks checks;
    final ApiRegistry apis;
    final CorePowers powers;
    final List<RestApi> restApis;
    final StateCutting cutting;
    private final Shutdown shutdown;

    private Core(Shell shell, Shutdown shutdown) {
        this.shutdown = shutdown;
        basis = new Basis(shell, shutdown);
        coordinators = new Coordinators(basis);
        ports = JournalModule.told(
                new InboundPorts(records(), groups(), transactions(), topics(), cluster()), basis.events);
        cutting = new StateCutting(basis.registry, basis.partitions, basis.stored.cluster(), basis.clock);
        apis = KafkaModule.apis(ports, shell.addresses());
        checks = AwaitModule.checks(basis, ports);
        powers = CorePowers.of(ports, basis, coordinators);
        restApis = RestModule.apis(ports, basis, shell.powers(), powers.resets(), shell.facts());
    }

    /**
     * A core upon the shell's storage, whose content it has read back; it serves from now on.
     *
     * @throws io.strikemq.domain.error.BrokerException when the directory or a setting does not allow it; nothing is left
     *     of it then
     */
    static Core open(Shell shell) {
        Shutdown shutdown = new Shutdown();
        try {
            Core core = new Core(shell, shutdown);
            core.load();
            JournalModule.follow(core);
            AwaitModule.follow(core, shell.waits(), shutdown);
            return core;
        } catch (RuntimeException | Error e) {
            shutdown.close();
            throw e;
        }
    }

    private void load() {
        basis.registry.addListener(basis.topicSettings);
        basis.registry.addListener(basis.partitions);
        basis.registry.addListener(basis.retention);
        basis.registry.addListener(basis.compaction);
        basis.registry.addListener(new DeletedTopicOffsets(coordinators.groups));
        Runnable changed = () -> {
            basis.brokerConfigs.refresh();
            basis.registry.defaultsChanged();
        };
        basis.resourceConfigs.onChange(resource -> {
            if (resource.typeCode() == ConfigResource.BROKER) {
                changed.run();
            }
        });
        basis.features.onChange(changed);
        basis.registry.load();
        coordinators.groups.load();
        coordinators.transactions.load();
        basis.retention.start();
        basis.compaction.start();
    }

    /**
     * Makes way for a successor: from now on it writes nothing any more, nothing of it is on the timer, and whoever waits for
     * records is told. Its logs are closed as they are. It still has to be closed.
     */
    void abandon() {
        basis.fence.close();
        basis.partitions.abandon();
        basis.deadlines.close();
    }

    /** Answers whoever waits in it, and closes the logs, each with a checkpoint. */
    @Override
    public void close() {
        shutdown.close();
    }

    private InboundPorts.Records records() {
        return new InboundPorts.Records(
                RecordsModule.produce(
                        basis.partitions,
                        basis.describeTopics,
                        basis.reader,
                        basis.codecs,
                        coordinators.verification,
                        basis.clock),
                RecordsModule.fetch(
                        basis.partitions,
                        basis.reader,
                        basis.codecs,
                        RecordsModule.fetchSettings(basis.configuration),
                        basis.identifiers,
                        basis.clock,
                        basis.deadlines.answers()),
                RecordsModule.offsets(basis.partitions, basis.reader),
                RecordsModule.deletions(basis.partitions, basis.workers),
                RecordsModule.describeProducers(basis.partitions),
                coordinators.markers);
    }

    private InboundPorts.Groups groups() {
        CoordinatedGroups groups = coordinators.groups;
        GroupSettings settings = coordinators.groupSettings;
        return new InboundPorts.Groups(
                GroupsModule.participation(groups, settings, basis.identifiers, basis.workers),
                GroupsModule.joinConsumerGroup(
                        groups,
                        coordinators.consumerGroupSettings,
                        basis.configuration,
                        basis.features,
                        basis.identifiers,
                        basis.workers),
                GroupsModule.offsets(groups, basis.registry, settings, basis.clock, basis.workers),
                GroupsModule.transactionalOffsets(
                        groups, coordinators.verification, basis.registry, settings, basis.clock, basis.workers),
                GroupsModule.inspection(groups, basis.registry, coordinators.consumerGroupSettings));
    }

    private InboundPorts.Transactions transactions() {
        return new InboundPorts.Transactions(
                TransactionsModule.initProducer(coordinators.producerIds, coordinators.coordination),
                coordinators.coordination,
                TransactionsModule.inspect(coordinators.transactions, basis.clock));
    }

    private InboundPorts.Topics topics() {
        TopicRegistry registry = basis.registry;
        return new InboundPorts.Topics(
                basis.describeTopics,
                TopicsModule.describeTopicPartitions(registry, basis.cluster, basis.configuration),
                TopicsModule.createTopics(registry, basis.planner, basis.topicDefaults, basis.topicConfigs),
                TopicsModule.deleteTopics(registry, basis.topicDefaults),
                TopicsModule.createPartitions(registry, basis.cluster),
                TopicsModule.manageConfigs(
                        registry,
                        basis.topicConfigs,
                        coordinators.brokerConfigs,
                        basis.resourceConfigs,
                        basis.brokerConfigs),
                TopicsModule.electLeaders(registry),
                TopicsModule.reassignPartitions(registry, basis.cluster));
    }

    private InboundPorts.Cluster cluster() {
        return new InboundPorts.Cluster(
                basis.cluster,
                RecordsModule.logDirs(basis.stored.logs(), basis.partitions, basis.workers),
                RecordsModule.alterReplicaLogDirs(basis.stored.logs(), basis.partitions),
                TopicsModule.describeQuorum(basis.configuration, basis.clock),
                basis.features);
    }
}
