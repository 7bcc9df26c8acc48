package io.strikemq.bootstrap.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.strikemq.adapter.rest.BrokerApi;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.GroupOffsetsApi;
import io.strikemq.adapter.rest.GroupsApi;
import io.strikemq.adapter.rest.PeekApi;
import io.strikemq.adapter.rest.ProduceApi;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.adapter.rest.RestLimits;
import io.strikemq.adapter.rest.RestSettings;
import io.strikemq.adapter.rest.TopicsApi;
import io.strikemq.adapter.rest.TransactionsApi;
import io.strikemq.adapter.rest.TrustedCallers;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.MachineNames;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The REST API. */
final class RestModule extends AbstractModule {
    /** The calls of the REST API may take this share of what the JVM may use at the most; Kafka's may take half. */
    private static final int SHARE_OF_MEMORY = 4;

    private final Configuration configuration;
    private final Clock clock;
    private final Graph graph;
    private final Supplier<BrokerFacts> facts;

    /** {@code facts}: asked for whenever somebody asks the API. */
    RestModule(Configuration configuration, Clock clock, Graph graph, Supplier<BrokerFacts> facts) {
        this.configuration = configuration;
        this.clock = clock;
        this.graph = graph;
        this.facts = facts;
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(Clock.class).toInstance(clock);
        bind(CompressionCodecs.class).toInstance(graph.basis.codecs);
        bind(DescribeCluster.class).toInstance(graph.ports.cluster().describe());
        bind(DescribeTopics.class).toInstance(graph.ports.topics().describe());
        bind(CreateTopics.class).toInstance(graph.ports.topics().create());
        bind(DeleteTopics.class).toInstance(graph.ports.topics().delete());
        bind(LookUpOffsets.class).toInstance(graph.ports.records().lookUpOffsets());
        bind(FetchRecords.class).toInstance(graph.ports.records().fetch());
        bind(ProduceRecords.class).toInstance(graph.ports.records().produce());
        bind(TendLogs.class)
                .toInstance(RecordsModule.tendLogs(graph.basis.partitions, graph.basis.compaction, graph.basis.clock));
        bind(CommitOffsets.class).toInstance(graph.ports.groups().commitOffsets());
        bind(InspectGroups.class).toInstance(graph.ports.groups().inspect());
        bind(InspectTransactions.class).toInstance(graph.ports.transactions().inspect());
    }

    @Provides
    @Singleton
    RestSettings settings(Configuration configuration) {
        return new RestSettings(
                configuration.httpAddress(),
                configuration.get(Settings.HTTP_PORT),
                configuration.get(Settings.BROKER_ID),
                limits(configuration),
                callers(configuration));
    }

    private static RestLimits limits(Configuration configuration) {
        return new RestLimits(
                configuration.get(Settings.SOCKET_REQUEST_MAX_BYTES),
                configuration.get(Settings.MAX_MESSAGE_BYTES),
                Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY,
                configuration.get(Settings.MAX_CONNECTIONS),
                RestLimits.DEFAULT_HEAD,
                RestLimits.DEFAULT_BODY,
                RestLimits.DEFAULT_ANSWER);
    }

    private static TrustedCallers callers(Configuration configuration) {
        List<String> hosts = new ArrayList<>(configuration.get(Settings.HTTP_ALLOWED_HOSTS));
        configuration.get(Settings.ADVERTISED_HOST).ifPresent(hosts::add);
        configuration.get(Settings.ADVERTISED_LISTENERS).forEach(listener -> hosts.add(listener.host()));
        return new TrustedCallers(hosts, configuration.get(Settings.HTTP_ALLOWED_ORIGINS), MachineNames::all);
    }

    @Provides
    @Singleton
    ResetOffsets resets(InspectGroups groups, CommitOffsets commits, LookUpOffsets logs) {
        return GroupsModule.resets(groups, commits, logs, graph.basis.registry);
    }

    /** Every API of the server; the index shows them in this order. */
    @Provides
    @Singleton
    List<RestApi> apis(
            DescribeTopics topics,
            LookUpOffsets offsets,
            CommitOffsets commits,
            CompressionCodecs codecs,
            Injector ports) {
        return List.of(
                new BrokerApi(ports.getInstance(DescribeCluster.class), facts),
                new TopicsApi(
                        topics,
                        offsets,
                        ports.getInstance(CreateTopics.class),
                        ports.getInstance(DeleteTopics.class),
                        ports.getInstance(TendLogs.class)),
                new PeekApi(topics, offsets, ports.getInstance(FetchRecords.class), codecs),
                new ProduceApi(topics, ports.getInstance(ProduceRecords.class), codecs, ports.getInstance(Clock.class)),
                new GroupsApi(ports.getInstance(InspectGroups.class), commits, offsets),
                new GroupOffsetsApi(ports.getInstance(ResetOffsets.class)),
                new TransactionsApi(ports.getInstance(InspectTransactions.class)));
    }
}
