package io.strikemq.adapter.rest;

import io.strikemq.domain.port.in.DescribeCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /v1/broker}: what this process is and how it is set up; {@code /health} and {@code /ready}, for those who watch
 * over it.
 */
public final class BrokerApi extends RestApi {
    private final DescribeCluster cluster;
    private final Supplier<BrokerFacts> facts;

    /** Asks {@code facts} anew for each request; it is called from any thread. */
    public BrokerApi(DescribeCluster cluster, Supplier<BrokerFacts> facts) {
        this.cluster = cluster;
        this.facts = facts;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/health", "whether the process answers", call -> Answer.ok(new Status("healthy"))),
                Route.get("/ready", "whether Kafka clients are served", this::ready),
                Route.get("/v1/broker", "what this process is, and every effective setting", this::describe));
    }

    private record Status(String status) {}

    private record Broker(
            String version,
            int brokerId,
            String clusterId,
            long uptimeSeconds,
            int port,
            int httpPort,
            int ioThreads,
            String platform,
            String logDir,
            long segmentSize,
            Map<String, Object> config) {}

    /** This server begins after the Kafka listeners, and ends before them: whom it answers, they serve. */
    private Answer ready(RestCall call) {
        return Answer.ok(new Status("ready"));
    }

    private Answer describe(RestCall call) {
        BrokerFacts broker = facts.get();
        return Answer.ok(new Broker(
                broker.version(),
                broker.brokerId(),
                cluster.describe().clusterId(),
                broker.uptime().toSeconds(),
                broker.port(),
                broker.httpPort(),
                broker.ioThreads(),
                broker.platform(),
                broker.logDir(),
                broker.segmentSize(),
                plain(broker.config())));
    }

    /** Numbers, booleans and null as they are, all else as text. */
    private static Map<String, Object> plain(Map<String, Object> config) {
        Map<String, Object> plain = new LinkedHashMap<>();
        config.forEach((name, value) -> {
            boolean isPlain = value == null || value instanceof Number || value instanceof Boolean;
            plain.put(name, isPlain ? value : value.toString());
        });
        return plain;
    }
}
