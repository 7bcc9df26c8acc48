package io.strikemq.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A blocking connection that allocates nothing while it is measured. */
final class Wire implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);

    Wire(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        in.limit(0);
    }

    void send(ByteBuffer request) throws IOException {
        ByteBuffer bytes = request.duplicate();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads as many bytes as an echo sends back. */
    void receive(int bytes) throws IOException {
        need(bytes);
        in.position(in.position() + bytes);
    }

    /** Reads one framed answer; returns the two bytes at an index behind its length, or 0 for index -1. */
    short receiveFrame(int shortAt) throws IOException {
        need(4);
        int length = in.getInt();
        need(length);
        short value = shortAt < 0 ? 0 : in.getShort(in.position() + shortAt);
        in.position(in.position() + length);
        return value;
    }

    /** Reads one framed answer, without its length. */
    ByteBuffer receiveFrame() throws IOException {
        need(4);
        int length = in.getInt();
        need(length);
        ByteBuffer frame =
                ByteBuffer.allocate(length).put(in.slice(in.position(), length)).flip();
        in.position(in.position() + length);
        return frame;
    }

    private void need(int bytes) throws IOException {
        if (in.remaining() < bytes) {
            in.compact();
            while (in.position() < bytes) {
                if (channel.read(in) < 0) {
                    throw new EOFException("the server closed the connection");
                }
            }
            in.flip();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
