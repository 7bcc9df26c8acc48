package io.strikemq.bootstrap.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.RequestPipeline;
import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.adapter.kafka.listener.KafkaServerSettings;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Listener;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The Kafka listeners and what they serve. */
final class KafkaModule extends AbstractModule {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    /** Longer than this is for ever: a clock of nanoseconds does not go so far. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Requests on their way in may take this share of what the JVM may use at the most. */
    private static final int SHARE_OF_MEMORY = 2;

    @Provides
    @Singleton
    KafkaServerSettings settings(Configuration configuration) {
        int brokerId = configuration.get(Settings.BROKER_ID);
        List<ListenerSettings> listeners = configuration.listeners().stream()
                .map(listener -> settings(listener, brokerId))
                .toList();
        return new KafkaServerSettings(
                listeners, configuration.get(Settings.NUM_IO_THREADS), limits(configuration), CLOSE_GRACE);
    }

    private static ListenerSettings settings(Listener listener, int brokerId) {
        InetSocketAddress bind =
                new InetSocketAddress(listener.bind().host(), listener.bind().port());
        return new ListenerSettings(listener.bind().name(), brokerId, bind, listener.advertised());
    }

    private static ConnectionLimits limits(Configuration configuration) {
        long wanted = (long) configuration.get(Settings.MESSAGE_POOL_BLOCKS)
                * configuration.get(Settings.MESSAGE_POOL_BLOCK_SIZE);
        long possible = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
        Duration idle = configuration.get(Settings.CONNECTIONS_MAX_IDLE);
        return new ConnectionLimits(
                configuration.get(Settings.SOCKET_REQUEST_MAX_BYTES),
                Math.min(wanted, possible),
                configuration.get(Settings.MAX_CONNECTIONS),
                idle.isNegative() || idle.compareTo(LONGEST) > 0 ? Duration.ZERO : idle,
                ConnectionLimits.DEFAULT.unsentBytes(),
                ConnectionLimits.DEFAULT.totalUnsentBytes());
    }

    @Provides
    InboundPorts.Records records(
            ProduceRecords produce,
            FetchRecords fetch,
            LookUpOffsets offsets,
            DeleteRecords delete,
            DescribeProducers describeProducers,
            WriteTransactionMarkers writeMarkers) {
        return new InboundPorts.Records(produce, fetch, offsets, delete, describeProducers, writeMarkers);
    }

    @Provides
    InboundPorts.Groups groups(
            ParticipateInGroup participate,
            CommitOffsets offsets,
            CommitOffsetsInTransaction offsetsInTransaction,
            InspectGroups inspect) {
        return new InboundPorts.Groups(participate, offsets, offsetsInTransaction, inspect);
    }

    @Provides
    InboundPorts.Transactions transactions(InitProducer init, RunTransactions run, InspectTransactions inspect) {
        return new InboundPorts.Transactions(init, run, inspect);
    }

    @Provides
    InboundPorts.Topics topics(
            DescribeTopics describe,
            DescribeTopicPartitions describePartitions,
            CreateTopics create,
            DeleteTopics delete,
            CreatePartitions createPartitions,
            ManageConfigs configs,
            ElectLeaders electLeaders,
            ReassignPartitions reassign) {
        return new InboundPorts.Topics(
                describe, describePartitions, create, delete, createPartitions, configs, electLeaders, reassign);
    }

    @Provides
    InboundPorts.Cluster cluster(
            DescribeCluster describe,
            DescribeLogDirs logDirs,
            AlterReplicaLogDirs alterLogDirs,
            DescribeQuorum quorum,
            ManageFeatures features) {
        return new InboundPorts.Cluster(describe, logDirs, alterLogDirs, quorum, features);
    }

    @Provides
    @Singleton
    ApiRegistry apis(
            InboundPorts.Records records,
            InboundPorts.Groups groups,
            InboundPorts.Transactions transactions,
            InboundPorts.Topics topics,
            InboundPorts.Cluster cluster,
            AdvertisedAddresses addresses) {
        return KafkaApis.on(new InboundPorts(records, groups, transactions, topics, cluster), addresses);
    }

    @Provides
    @Singleton
    RequestPipeline pipeline(ApiRegistry registry, WorkerThreads workers, Clock clock, Shutdown shutdown) {
        return shutdown.closing(Part.KAFKA_REQUESTS, new RequestPipeline(registry, workers, clock));
    }

    @Provides
    @Singleton
    KafkaServer server(KafkaServerSettings settings, RequestPipeline pipeline, Clock clock) {
        return new KafkaServer(settings, pipeline, clock);
    }

    /** The server asks the APIs, and they ask the server where it listens: so they ask when they need to know. */
    @Provides
    @Singleton
    AdvertisedAddresses addresses(Provider<KafkaServer> server) {
        return new AdvertisedAddresses(() -> server.get().listeners());
    }
}
