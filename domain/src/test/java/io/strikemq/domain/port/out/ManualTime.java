package io.strikemq.domain.port.out;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that stands still until a test advances it: a clock and the deadlines that it drives.
 *
 * <p>What is due runs on the thread that advances, in the order of the deadlines (of equal ones, in the order in which
 * they were set), each at its own moment: an action reads its deadline's time from the clock, and what it schedules
 * within the same advance runs in it too.
 */
public final class ManualTime implements Clock, Deadlines {
    /** Where every test begins: 2026-01-01T00:00:00Z. */
    public static final long START_MILLIS = 1_767_225_600_000L;

    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::dueNanos).thenComparingLong(Scheduled::order));
    private long nanos;
    private long scheduledCount;

    @Override
    public synchronized long wallClockMillis() {
        return START_MILLIS + nanos / 1_000_000;
    }

    @Override
    public synchronized long monotonicNanos() {
        return nanos;
    }

    @Override
    public synchronized Deadline schedule(Duration delay, Runnable action) {
        Scheduled entry = new Scheduled(nanos + Math.max(0, delay.toNanos()), scheduledCount++, action);
        scheduled.add(entry);
        return () -> cancel(entry);
    }

    /** Lets this much time pass, and runs what becomes due; zero runs what is due already. */
    public void advance(Duration duration) {
        long until = monotonicNanos() + duration.toNanos();
        for (Scheduled next = takeDue(until); next != null; next = takeDue(until)) {
            next.action().run();
        }
    }

    /** How many deadlines are set and neither run nor cancelled: 0 where nothing was forgotten. */
    public synchronized int pendingDeadlines() {
        return scheduled.size();
    }

    private synchronized void cancel(Scheduled entry) {
        scheduled.remove(entry);
    }

    private synchronized Scheduled takeDue(long until) {
        Scheduled next = scheduled.peek();
        if (next == null || next.dueNanos() > until) {
            nanos = Math.max(nanos, until);
            return null;
        }
        nanos = Math.max(nanos, next.dueNanos());
        return scheduled.poll();
    }

    private record Scheduled(long dueNanos, long order, Runnable action) {}
}
