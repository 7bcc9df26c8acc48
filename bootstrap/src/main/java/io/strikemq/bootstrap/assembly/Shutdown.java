package io.strikemq.bootstrap.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be closed, in the reverse order of its making; one failure does not keep the rest from being closed. Used
 * at the end of a broker, and when its start fails half-way.
 */
public final class Shutdown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String what, AutoCloseable action) {}

    /** Remembers to close {@code closeable}, and returns it. */
    public synchronized <T extends AutoCloseable> T closing(String what, T closeable) {
        steps.push(new Step(what, closeable));
        return closeable;
    }

    /** Closes everything. Calling it again does nothing. */
    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action().close();
                LOG.debug("{} stopped", step.what());
            } catch (Exception e) {
                LOG.error("Cannot close the {}", step.what(), e);
            }
        }
    }
}
