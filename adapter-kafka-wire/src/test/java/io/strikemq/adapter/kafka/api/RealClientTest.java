package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.listener.KafkaServerSettings;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.ManualTime;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;

class RealClientTest {
    @Test
    void kafkasOwnClientFindsTheBrokerAtTheAddressByWhichItCame() throws Exception {
        DescribeCluster cluster = () -> new ClusterDescription("AAAAAAAAAAAAAAAAAAAAAA", 7, List.of(7));
        DescribeTopics topics = mock();
        ManageFeatures features = mock();
        when(features.finalized()).thenReturn(FinalizedFeatures.USUAL);
        when(topics.named(any(), any(), any())).thenReturn(CompletableFuture.completedFuture(List.of()));
        AtomicReference<KafkaServer> started = new AtomicReference<>();
        AdvertisedAddresses addresses =
                new AdvertisedAddresses(() -> started.get().listeners());
        ApiRegistry apis = KafkaApis.on(TestPorts.with(cluster, topics, features), addresses);
        ManualTime time = new ManualTime();
        RequestPipeline pipeline = new RequestPipeline(() -> apis, Runnable::run, time, new Interceptors(), time);
        KafkaServerSettings settings =
                KafkaServerSettings.with(ListenerSettings.on(7, new InetSocketAddress("127.0.0.1", 0)));
        try (KafkaServer server = new KafkaServer(settings, pipeline, new SystemTime())) {
            server.start();
            started.set(server);
            int port = server.listeners().get(0).address().getPort();
            Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
            try (Admin admin = Admin.create(config)) {
                Node node = admin.describeCluster()
                        .nodes()
                        .get(20, TimeUnit.SECONDS)
                        .iterator()
                        .next();

                assertEquals(List.of("127.0.0.1", port, 7), List.of(node.host(), node.port(), node.id()));
                assertEquals(
                        "AAAAAAAAAAAAAAAAAAAAAA",
                        admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS));
            }
            assertEquals(0, pipeline.failures() + server.failures());
        }
    }

    private static final class SystemTime implements Clock {
        @Override
        public long wallClockMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }
    }
}
