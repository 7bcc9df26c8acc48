package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.adapter.kafka.listener.KafkaServerSettings;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.domain.port.out.Clock;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaServerTest {
    private static final RequestHandler ECHO =
            (connection, frame, responder) -> responder.send(TestClient.answer(frame.getLong()));
    private static final File DESCRIPTORS = new File("/proc/self/fd");

    @Test
    void serversComeAndGoWithoutLeavingThreadsOrDescriptors() throws IOException {
        startAndClose();
        int descriptors = descriptors();
        for (int i = 0; i < 20; i++) {
            startAndClose();
        }

        assertTrue(descriptors() <= descriptors + 2, descriptors() + " descriptors, at first " + descriptors);
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("kafka-"))
                        .toList());
    }

    @Test
    void aThousandConnectionsAreServedAtOnce() throws IOException {
        try (KafkaServer server = server("127.0.0.1", ConnectionLimits.DEFAULT)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                sockets.add(connect(server));
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < sockets.size(); i++) {
                    ask(sockets.get(i), i);
                }
                for (int i = 0; i < sockets.size(); i++) {
                    assertEquals(i, answer(sockets.get(i)));
                }
            }
            assertEquals(1000, server.connections());
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void anIdleServerWakesUpForNothing() throws Exception {
        try (KafkaServer server = server("127.0.0.1", ConnectionLimits.DEFAULT);
                Socket socket = connect(server)) {
            ask(socket, 1);
            answer(socket);
            socket.setSoTimeout(300);
            assertThrows(SocketTimeoutException.class, () -> answer(socket));
            long before = server.wakeUps();
            assertThrows(SocketTimeoutException.class, () -> answer(socket));
            assertEquals(before, server.wakeUps());
        }
    }

    @Test
    void clientsBeyondTheLimitWaitUntilOneLeaves() throws IOException {
        ConnectionLimits two = new ConnectionLimits(1000, 1000, 2, Duration.ZERO, 1000, 1000);
        try (KafkaServer server = server("127.0.0.1", two);
                Socket first = connect(server);
                Socket second = connect(server);
                Socket third = connect(server)) {
            ask(first, 1);
            ask(second, 2);
            ask(third, 3);
            assertEquals(1, answer(first));
            assertEquals(2, answer(second));
            assertEquals(2, server.connections());

            first.shutdownOutput();

            assertEquals(3, answer(third));
        }
    }

    @Test
    void ipv6ClientsAreServed() throws IOException {
        try (KafkaServer server = server("::1", ConnectionLimits.DEFAULT);
                Socket socket = connect(server)) {
            ask(socket, 6);
            assertEquals(6, answer(socket));
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingIsLeftOpen() throws IOException {
        try (KafkaServer server = server("127.0.0.1", ConnectionLimits.DEFAULT)) {
            InetSocketAddress taken = server.listeners().get(0).address();
            int descriptors = descriptors();
            KafkaServer second = new KafkaServer(
                    KafkaServerSettings.with(
                            ListenerSettings.on(1, new InetSocketAddress("127.0.0.1", 0)),
                            ListenerSettings.on(1, taken)),
                    ECHO,
                    new SystemTime());

            IOException refused = assertThrows(IOException.class, second::start);

            assertTrue(
                    refused.getMessage().startsWith("cannot listen on 127.0.0.1, port " + taken.getPort()),
                    refused.getMessage());
            assertTrue(descriptors() <= descriptors + 2);
        }
    }

    private static void startAndClose() throws IOException {
        try (KafkaServer server = server("127.0.0.1", ConnectionLimits.DEFAULT);
                Socket socket = connect(server);
                Socket silent = connect(server)) {
            ask(socket, 7);
            assertEquals(7, answer(socket));
            assertTrue(silent.isConnected());
        }
    }

    private static KafkaServer server(String host, ConnectionLimits limits) throws IOException {
        ListenerSettings listener = ListenerSettings.on(1, new InetSocketAddress(host, 0));
        KafkaServer server = new KafkaServer(
                new KafkaServerSettings(List.of(listener), 2, limits, Duration.ofSeconds(1)), ECHO, new SystemTime());
        server.start();
        return server;
    }

    private static Socket connect(KafkaServer server) throws IOException {
        BoundListener listener = server.listeners().get(0);
        Socket socket =
                new Socket(listener.address().getAddress(), listener.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket, long number) throws IOException {
        socket.getOutputStream().write(TestClient.frame(number, 0).array());
    }

    private static long answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertEquals(8, in.readInt());
        return in.readLong();
    }

    private static int descriptors() {
        String[] open = DESCRIPTORS.list();
        return open == null ? 0 : open.length;
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
