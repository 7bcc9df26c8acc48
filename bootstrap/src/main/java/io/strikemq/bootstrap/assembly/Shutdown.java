package io.strikemq.bootstrap.assembly;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what a broker is made of, in the order of {@link Part}; one failure does not keep the rest from being closed.
 * Used at the end of a broker, and when its start fails half-way: then only what had been made is closed.
 */
public final class Shutdown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Map<Part, AutoCloseable> made = new EnumMap<>(Part.class);

    /** All that has to be closed, first things first: nobody may be asked for what is gone already. */
    public enum Part {
        /** So that no script is sent to ports that are about to close. */
        ENDPOINTS_FILE("endpoints file"),
        /** Sends away who waits for the broker's state, lest the servers wait for them. */
        WAITS("waits"),
        /** Asks the same use cases as Kafka's protocol does, and has the clients that mind least. */
        HTTP_API("HTTP API"),
        /** Finishes the reset under way, which needs all of the following, and begins no other. */
        STATES("resets"),
        /** From here on no request comes in. */
        KAFKA_SERVER("Kafka server"),
        /** Finish what they are at for a request; all of the following is open to them until then. */
        WORKER_THREADS("worker threads"),
        /** Tells what it has held back of warnings and failures that came too often. */
        KAFKA_REQUESTS("Kafka requests"),
        /** No deadline is met any more: neither a group's nor a waiting fetch's. */
        TIMER("timer"),
        /** The following five, which are a core's: it has a list of its own of them, since it may end before the broker does. */
        CORE("core"),
        /** Gives up the deadlines of members, which would append to partitions, and sends away who waits. */
        GROUPS("groups"),
        /** Begins to write no more markers, which are appended to partitions. */
        TRANSACTIONS("transactions"),
        /** Leaves nothing of the core on the timer. */
        DEADLINES("deadlines"),
        /** Drops what it has not finished: there is nothing to wait for. */
        COMPACTION("compaction"),
        /** Forces what was appended to disk. */
        PARTITIONS("partitions"),
        /** Finishes the task that it is at, which may be about files of the data directory. */
        BACKGROUND_THREAD("background thread"),
        /** Lets another broker in. */
        DATA_DIRECTORY("data directory");

        private final String title;

        Part(String title) {
            this.title = title;
        }
    }

    /** Remembers to close {@code closeable}, and returns it. */
    public synchronized <T extends AutoCloseable> T closing(Part part, T closeable) {
        if (made.putIfAbsent(part, closeable) != null) {
            throw new IllegalStateException("there is a second " + part.title);
        }
        return closeable;
    }

    /** Closes everything. Calling it again does nothing. */
    @Override
    public synchronized void close() {
        made.forEach((part, closeable) -> {
            try {
                closeable.close();
                LOG.debug("{} stopped", part.title);
            } catch (Exception e) {
                LOG.error("Cannot close the {}", part.title, e);
            }
        });
        made.clear();
    }
}
