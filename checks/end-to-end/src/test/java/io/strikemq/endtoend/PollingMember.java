package io.strikemq.endtoend;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A member of a group that polls on a thread of its own, as members do: older clients block in a poll until the others
 * have joined too.
 */
final class PollingMember implements AutoCloseable {
    private static final long SECONDS = 30;

    private final Function<List<String>, List<String>> consumer;
    private final Set<String> received;
    private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile List<String> owned = List.of();
    private volatile boolean closing;
    private volatile RuntimeException failure;

    /** Subscribes to the topic and polls, adding to {@code received}, until it is closed. */
    PollingMember(Function<List<String>, List<String>> consumer, String topic, Set<String> received) {
        this.consumer = consumer;
        this.received = received;
        this.thread = new Thread(() -> run(topic), "member of " + topic);
        thread.start();
    }

    private void run(String topic) {
        try {
            consumer.apply(List.of("subscribe", topic));
            while (!closing) {
                received.addAll(consumer.apply(List.of("poll")));
                owned = consumer.apply(List.of("owned"));
                Runnable command = commands.poll();
                if (command != null) {
                    command.run();
                }
            }
            consumer.apply(List.of("close"));
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** The partitions that it owns, as of its last poll. */
    List<String> owned() {
        if (failure != null) {
            throw failure;
        }
        return owned;
    }

    /** Commits what it has polled. */
    void commit() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            consumer.apply(List.of("commit"));
            done.complete(null);
        });
        done.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Leaves the group. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || failure != null) {
            throw new IllegalStateException("the member did not leave", failure);
        }
    }
}
