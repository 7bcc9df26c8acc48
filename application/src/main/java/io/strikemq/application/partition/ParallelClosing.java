package io.strikemq.application.partition;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Closes many partitions at once. Each waits for the disk several times, and a disk makes many files durable in hardly
 * more time than one: thousands of partitions, one after the other, would take longer than container runtimes wait.
 */
final class ParallelClosing {
    private static final Logger LOG = System.getLogger(ParallelClosing.class.getName());
    private static final int MOST_THREADS = 32;
    private static final int PARTITIONS_PER_THREAD = 4;

    private final Queue<Partition> left;

    /** For these partitions, none of which has to be open. */
    ParallelClosing(List<Partition> all) {
        left = new ConcurrentLinkedQueue<>(all);
    }

    /** Returns when all are closed; one that cannot be closed is logged and keeps no other from it. */
    void run() {
        int helpers = Math.min(MOST_THREADS, left.size() / PARTITIONS_PER_THREAD);
        List<Thread> threads = new ArrayList<>(helpers);
        for (int i = 0; i < helpers; i++) {
            Thread thread = new Thread(this::closeNext, "strikemq-close-" + i);
            thread.start();
            threads.add(thread);
        }
        closeNext();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNext() {
        for (Partition next = left.poll(); next != null; next = left.poll()) {
            try {
                next.close();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Cannot close partition " + next.name() + ": " + e.getMessage(), e);
            }
        }
    }
}
