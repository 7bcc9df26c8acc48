package io.strikemq.bootstrap.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.strikemq.adapter.rest.BrokerApi;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.GroupsApi;
import io.strikemq.adapter.rest.PeekApi;
import io.strikemq.adapter.rest.ProduceApi;
import io.strikemq.adapter.rest.RestApis;
import io.strikemq.adapter.rest.RestSettings;
import io.strikemq.adapter.rest.TopicsApi;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import java.util.function.Supplier;

/** The REST API. */
final class RestModule extends AbstractModule {
    private final Supplier<BrokerFacts> facts;

    /** {@code facts}: asked for whenever somebody asks the API. */
    RestModule(Supplier<BrokerFacts> facts) {
        this.facts = facts;
    }

    @Provides
    @Singleton
    RestSettings settings(Configuration configuration) {
        return new RestSettings(
                configuration.httpAddress(),
                configuration.get(Settings.HTTP_PORT),
                configuration.get(Settings.BROKER_ID),
                configuration.get(Settings.SOCKET_REQUEST_MAX_BYTES));
    }

    @Provides
    @Singleton
    RestApis apis(BrokerApi broker, TopicsApi topics, PeekApi peek, ProduceApi produce, GroupsApi groups) {
        return new RestApis(broker, topics, peek, produce, groups);
    }

    @Provides
    BrokerApi broker(DescribeCluster cluster) {
        return new BrokerApi(cluster, facts);
    }

    @Provides
    TopicsApi topics(DescribeTopics describe, LookUpOffsets offsets, DeleteTopics delete) {
        return new TopicsApi(describe, offsets, delete);
    }

    @Provides
    PeekApi peek(DescribeTopics describe, LookUpOffsets offsets, FetchRecords fetch, CompressionCodecs codecs) {
        return new PeekApi(describe, offsets, fetch, codecs);
    }

    @Provides
    ProduceApi produce(DescribeTopics describe, ProduceRecords produce, CompressionCodecs codecs, Clock clock) {
        return new ProduceApi(describe, produce, codecs, clock);
    }

    @Provides
    GroupsApi groups(InspectGroups groups, CommitOffsets offsets) {
        return new GroupsApi(groups, offsets);
    }
}
