package io.strikemq.adapter.kafka.net;

import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts clients on all listeners, on a thread of its own, and deals them out to the event loops in turn. */
final class Acceptor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 1024;
    /** How long to leave clients in the backlog when the process has no descriptor for them. */
    private static final long RETRY_MILLIS = 1000;

    private final List<EventLoop> loops;
    private final ServerLoad load;
    private final int maxConnections;
    private final Selector selector;
    private final List<ServerSocketChannel> channels = new ArrayList<>();
    private volatile boolean closing;
    private volatile boolean paused;
    private boolean outOfDescriptors;
    private int nextLoop;

    Acceptor(List<EventLoop> loops, ServerLoad load, int maxConnections) throws IOException {
        this.loops = loops;
        this.load = load;
        this.maxConnections = maxConnections;
        this.selector = Selector.open();
    }

    /** Takes a port; from now on clients can connect, though they are served only once the acceptor runs. */
    BoundListener bind(ListenerSettings listener) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            if (listener.bind().isUnresolved()) {
                throw new IOException("the host is unknown");
            }
            channel.bind(listener.bind(), BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + listener.bind().getHostString() + ", port "
                            + listener.bind().getPort() + ": " + e.getMessage(),
                    e);
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT, listener);
        return new BoundListener(listener, (InetSocketAddress) channel.getLocalAddress());
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                int ready = selector.select(this::accept, outOfDescriptors ? RETRY_MILLIS : 0);
                if (ready == 0 && paused) {
                    resumeIfThereIsRoom();
                }
            }
        } catch (IOException e) {
            load.failed();
            LOG.error("The Kafka server can accept no more connections", e);
        } finally {
            release();
        }
    }

    private void accept(SelectionKey key) {
        ServerSocketChannel server = (ServerSocketChannel) key.channel();
        while (!closing && !pauseIfFull()) {
            SocketChannel channel;
            try {
                channel = server.accept();
            } catch (IOException e) {
                LOG.warn("A client could not be accepted, and waits: {}", e.getMessage());
                outOfDescriptors = true;
                pause();
                return;
            }
            if (channel == null) {
                return;
            }
            deal(channel, (ListenerSettings) key.attachment());
        }
    }

    private void deal(SocketChannel channel, ListenerSettings listener) {
        load.connections().incrementAndGet();
        EventLoop loop = loops.get(nextLoop);
        nextLoop = (nextLoop + 1) % loops.size();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            ConnectionInfo info =
                    ConnectionInfo.of(listener, (InetSocketAddress) channel.getLocalAddress(), (InetSocketAddress)
                            channel.getRemoteAddress());
            loop.adopt(channel, info);
        } catch (IOException e) {
            LOG.debug("A client was gone before it was served: {}", e.getMessage());
            loop.drop(channel);
        }
    }

    private boolean pauseIfFull() {
        if (load.connections().get() < maxConnections) {
            return false;
        }
        pause();
        resumeIfThereIsRoom();
        return paused;
    }

    private void pause() {
        paused = true;
        selector.keys().forEach(key -> key.interestOps(0));
    }

    private void resumeIfThereIsRoom() {
        if (load.connections().get() < maxConnections) {
            paused = false;
            outOfDescriptors = false;
            selector.keys().forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
        }
    }

    /** There may be room for another client. Called on any thread. */
    void connectionClosed() {
        if (paused) {
            selector.wakeup();
        }
    }

    /** Accepts no more, and lets the thread end. Called on any thread. */
    void close() {
        closing = true;
        selector.wakeup();
    }

    /** Frees the ports: at the end of the thread, or instead of beginning it. */
    void release() {
        for (ServerSocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("A listener could not be closed in good order: {}", e.getMessage());
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("A selector could not be closed in good order: {}", e.getMessage());
        }
    }
}
