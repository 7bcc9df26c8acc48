package io.strikemq.embedded;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;

/** A process that uses brokers, provokes what they warn of, and does not close the last one. */
final class QuietProcess {
    private QuietProcess() {}

    public static void main(String[] arguments) throws Exception {
        // The JDK keeps that in a property when somebody asks for it.
        TimeZone.getDefault();
        Properties before = (Properties) System.getProperties().clone();
        List<String> log;
        try (StrikeMQ broker = StrikeMQ.options()
                .setting("log_level", "trace")
                .topic("orders", 1)
                .start()) {
            URI topics = URI.create(broker.httpUrl() + "/v1/topics");
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(topics).build(), HttpResponse.BodyHandlers.ofString());
            sendGarbage(broker);
            log = broker.log();
        }
        StrikeMQ.start().createTopic("orders", 1);
        if (log.stream().noneMatch(line -> line.contains(" WARN "))) {
            throw new IllegalStateException("nobody was warned: " + log);
        }
        Properties after = (Properties) System.getProperties().clone();
        after.entrySet().removeAll(before.entrySet());
        if (!after.isEmpty()) {
            throw new IllegalStateException("set were: " + after);
        }
    }

    /** Returns when the broker has closed the connection. */
    private static void sendGarbage(StrikeMQ broker) throws Exception {
        int port = URI.create("kafka://" + broker.bootstrapServers()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            socket.getInputStream().readAllBytes();
        }
    }
}
