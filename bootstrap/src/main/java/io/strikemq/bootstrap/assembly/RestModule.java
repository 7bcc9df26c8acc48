package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.rest.AwaitApi;
import io.strikemq.adapter.rest.BrokerApi;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.ClockApi;
import io.strikemq.adapter.rest.FaultsApi;
import io.strikemq.adapter.rest.GroupOffsetsApi;
import io.strikemq.adapter.rest.GroupsApi;
import io.strikemq.adapter.rest.JournalApi;
import io.strikemq.adapter.rest.PeekApi;
import io.strikemq.adapter.rest.ProduceApi;
import io.strikemq.adapter.rest.RecordsApi;
import io.strikemq.adapter.rest.ResetApi;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.adapter.rest.RestLimits;
import io.strikemq.adapter.rest.RestSettings;
import io.strikemq.adapter.rest.SnapshotsApi;
import io.strikemq.adapter.rest.SteerGroupsApi;
import io.strikemq.adapter.rest.TopicsApi;
import io.strikemq.adapter.rest.TransactionsApi;
import io.strikemq.adapter.rest.TrustedCallers;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.MachineNames;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.port.in.ResetOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The REST API. */
final class RestModule {
    /** The calls of the REST API may take this share of what the JVM may use at the most; Kafka's may take half. */
    private static final int SHARE_OF_MEMORY = 4;

    private RestModule() {}

    static RestSettings settings(Configuration configuration) {
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

    /** Every API of the server; the index shows them in this order. {@code facts}: asked for whenever somebody asks. */
    static List<RestApi> apis(
            InboundPorts ports, Basis basis, Powers powers, ResetOffsets resets, Supplier<BrokerFacts> facts) {
        DescribeTopics topics = ports.topics().describe();
        LookUpOffsets offsets = ports.records().lookUpOffsets();
        InspectGroups groups = ports.groups().inspect();
        CommitOffsets commits = ports.groups().commitOffsets();
        return List.of(
                new BrokerApi(ports.cluster().describe(), facts),
                new TopicsApi(
                        topics,
                        offsets,
                        ports.topics().create(),
                        ports.topics().delete(),
                        JournalModule.told(
                                RecordsModule.tendLogs(basis.partitions, basis.compaction, basis.clock), basis.events)),
                new PeekApi(topics, offsets, ports.records().fetch(), basis.codecs),
                new ProduceApi(topics, ports.records().produce(), basis.codecs, basis.clock),
                new RecordsApi(powers.records()),
                new GroupsApi(groups, commits, offsets),
                new GroupOffsetsApi(resets),
                new SteerGroupsApi(powers.groups()),
                new TransactionsApi(ports.transactions().inspect(), powers.producers()),
                new FaultsApi(powers.faults()),
                new ClockApi(powers.clock()),
                new AwaitApi(powers.await()),
                new ResetApi(powers.reset()),
                new JournalApi(powers.journal()),
                new SnapshotsApi(powers.snapshots()));
    }
}
