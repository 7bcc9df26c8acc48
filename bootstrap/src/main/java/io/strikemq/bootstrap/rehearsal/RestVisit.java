package io.strikemq.bootstrap.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What somebody with curl asks first. */
public final class RestVisit {
    private final int port;

    /** {@code port}: of this machine. */
    public RestVisit(int port) {
        this.port = port;
    }

    /** Writes and reads a record, and looks at topics and groups. */
    public void lookAround() throws IOException {
        call("GET", "/ready", "");
        call("GET", "/v1/broker", "");
        call("POST", "/v1/topics/rehearsal/messages", "{\"messages\":[{\"key\":\"k\",\"value\":\"v\"}]}");
        call("GET", "/v1/topics/rehearsal/messages?offset=0", "");
        call("GET", "/v1/topics", "");
        call("GET", "/v1/groups", "");
    }

    private void call(String method, String path, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(KafkaVisit.PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 2")) {
                throw new IOException(method + " " + path + " was answered " + answer);
            }
        }
    }
}
