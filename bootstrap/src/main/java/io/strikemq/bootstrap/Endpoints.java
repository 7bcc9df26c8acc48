package io.strikemq.bootstrap;

import static java.util.stream.Collectors.joining;

import io.strikemq.bootstrap.config.ListenerAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a running broker can be reached.
 *
 * @param listeners of the Kafka protocol, with the ports that were bound; at least one
 * @param httpPort  of the REST API
 */
public record Endpoints(List<ListenerAddress> listeners, int httpPort) {
    public Endpoints {
        listeners = List.copyOf(listeners);
    }

    /** The Kafka port of the first listener. */
    public int port() {
        return listeners.get(0).port();
    }

    /** What {@code endpoints.json} says of them. */
    String json() {
        return "{\"port\":" + port() + ",\"http_port\":" + httpPort + ",\"bootstrap_servers\":\"127.0.0.1:" + port()
                + "\",\"listeners\":{" + portsByName() + "},\"pid\":"
                + ProcessHandle.current().pid() + "}\n";
    }

    private String portsByName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        listeners.forEach(listener -> ports.putIfAbsent(listener.name(), listener.port()));
        // Names have no characters that JSON would escape.
        return ports.entrySet().stream()
                .map(port -> "\"" + port.getKey() + "\":" + port.getValue())
                .collect(joining(","));
    }
}
