package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.RequestPipeline;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.settings.GroupSettings;

/** The objects of one broker but for the REST API's: what it asks of the application, and the server on top of that. */
final class Graph {
    final Basis basis;
    final Coordinators coordinators;
    final InboundPorts ports;
    final ApiRegistry apis;
    final KafkaServer server;

    /**
     * Makes them all.
     *
     * @throws io.strikemq.domain.error.BrokerException when the directory or a setting does not allow it; what was made
     *     until then is closed by {@code shutdown}
     */
    Graph(Configuration configuration, Clock clock, EndpointsFile endpoints, Shutdown shutdown) {
        basis = new Basis(configuration, clock, endpoints, shutdown);
        coordinators = new Coordinators(basis);
        ports = new InboundPorts(records(), groups(), transactions(), topics(), cluster());
        AdvertisedAddresses addresses = KafkaModule.addresses(this::server);
        apis = KafkaModule.apis(ports, addresses);
        RequestPipeline pipeline = KafkaModule.pipeline(apis, basis.workers, clock, shutdown);
        server = KafkaModule.server(KafkaModule.settings(configuration), pipeline, clock);
    }

    private KafkaServer server() {
        return server;
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
                        basis.timer),
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
                RecordsModule.logDirs(basis.storage.logs(), basis.partitions, basis.workers),
                RecordsModule.alterReplicaLogDirs(basis.storage.logs(), basis.partitions),
                TopicsModule.describeQuorum(basis.configuration, basis.clock),
                basis.features);
    }
}
