package io.strikemq.adapter.kafka.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A client whose requests and answers are numbers: eight bytes in a frame, or more with padding. */
final class TestClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private final List<Long> answers = new ArrayList<>();
    private boolean ended;
    private long toSkip;

    TestClient(SocketChannel channel) {
        this.channel = channel;
    }

    static ByteBuffer frame(long number, int padding) {
        return ByteBuffer.allocate(12 + padding)
                .putInt(8 + padding)
                .putLong(number)
                .position(0);
    }

    static Response answer(long number) {
        return Response.of(List.of(frame(number, 0)));
    }

    void send(long... numbers) {
        for (long number : numbers) {
            sendBytes(frame(number, 0));
        }
    }

    /** Sends what the socket takes. */
    int sendBytes(ByteBuffer bytes) {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on so many bytes are read and dropped, whenever {@link #hasSkipped} is asked. */
    void skip(long bytes) {
        toSkip = bytes;
    }

    /** Whether all is dropped that was to be skipped. */
    boolean hasSkipped() {
        try {
            while (toSkip > 0) {
                in.clear().limit((int) Math.min(in.capacity(), toSkip));
                int count = channel.read(in);
                in.clear();
                if (count <= 0) {
                    break;
                }
                toSkip -= count;
            }
            return toSkip == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of all answers up to now. */
    List<Long> answers() {
        try {
            while (channel.read(in) > 0) {
                in.flip();
                while (in.remaining() >= 4 && in.remaining() >= 4 + in.getInt(in.position())) {
                    int length = in.getInt();
                    answers.add(in.getLong());
                    in.position(in.position() + length - 8);
                }
                in.compact();
            }
        } catch (IOException e) {
            ended = true;
        }
        return answers;
    }

    /** How the broker ended the connection: {@code end} or {@code reset}. */
    String howItEnded() {
        try {
            int count;
            do {
                count = channel.read(ByteBuffer.allocate(1024));
            } while (count > 0);
            return count < 0 ? "end" : "open";
        } catch (IOException e) {
            return "reset";
        }
    }

    /** Whether the server has closed the connection; drops answers. */
    boolean isClosed() {
        try {
            in.clear();
            int count = channel.read(in);
            in.clear();
            ended |= count < 0;
        } catch (IOException e) {
            ended = true;
        }
        return ended;
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Goes away in a way that the server hears of at once, by a reset. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
