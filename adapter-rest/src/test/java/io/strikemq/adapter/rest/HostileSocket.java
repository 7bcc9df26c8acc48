package io.strikemq.adapter.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that writes what it likes, when it likes, and reads only when told to. */
final class HostileSocket implements AutoCloseable {
    private static final int SMALL_BUFFER = 4 << 10;
    private static final int PATIENCE_MS = 30_000;
    private static final int STEP_MS = 20;

    private final Socket socket = new Socket();

    HostileSocket(int port) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(PATIENCE_MS);
    }

    HostileSocket send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Says that nothing more will be sent, and goes on to read. */
    HostileSocket endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** All that comes until the server closes. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The next {@code count} bytes. */
    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    /** Sends one character every now and then until the server answers or closes; what it said. */
    String trickle(char character) throws IOException {
        socket.setSoTimeout(STEP_MS);
        InputStream in = socket.getInputStream();
        while (true) {
            try {
                int first = in.read();
                socket.setSoTimeout(PATIENCE_MS);
                return first < 0 ? "" : (char) first + readAll();
            } catch (SocketTimeoutException nothingYet) {
                send(String.valueOf(character));
            }
        }
    }

    /** How many bytes come until the server closes or cuts the connection. */
    long countAll() throws IOException {
        long count = 0;
        byte[] some = new byte[SMALL_BUFFER];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(some)) {
                count += read;
            }
        } catch (SocketException cut) {
            return count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
