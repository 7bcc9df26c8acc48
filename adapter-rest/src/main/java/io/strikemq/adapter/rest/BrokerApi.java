package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikemq.domain.port.in.DescribeCluster;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /v1/broker}: what this process is and how it is set up. */
public final class BrokerApi {
    private final DescribeCluster cluster;
    private final Supplier<BrokerFacts> facts;

    /** Asks {@code facts} anew for each request; it is called from any thread. */
    public BrokerApi(DescribeCluster cluster, Supplier<BrokerFacts> facts) {
        this.cluster = cluster;
        this.facts = facts;
    }

    JsonAnswer describe(RestCall call) {
        BrokerFacts broker = facts.get();
        String clusterId = cluster.describe().clusterId();
        return json -> {
            json.writeStartObject();
            json.writeStringField("version", broker.version());
            json.writeNumberField("broker_id", broker.brokerId());
            json.writeStringField("cluster_id", clusterId);
            json.writeNumberField("uptime_seconds", broker.uptime().toSeconds());
            json.writeNumberField("port", broker.port());
            json.writeNumberField("http_port", broker.httpPort());
            json.writeNumberField("io_threads", broker.ioThreads());
            json.writeStringField("platform", broker.platform());
            json.writeStringField("log_dir", broker.logDir());
            json.writeNumberField("segment_size", broker.segmentSize());
            writeConfig(json, broker.config());
            json.writeEndObject();
        };
    }

    private static void writeConfig(JsonGenerator json, Map<String, Object> config) throws IOException {
        json.writeObjectFieldStart("config");
        for (Map.Entry<String, Object> setting : config.entrySet()) {
            json.writeFieldName(setting.getKey());
            writeValue(json, setting.getValue());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            json.writeObject(value);
        } else {
            json.writeString(value.toString());
        }
    }
}
