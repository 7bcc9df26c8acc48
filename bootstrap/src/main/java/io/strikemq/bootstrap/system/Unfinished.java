package io.strikemq.bootstrap.system;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tasks that the broker's threads have been given and have not finished: whoever lets time pass waits for them. A task that hands on
 * to another one does so before it ends, so there is no moment without one until all is done. Thread-safe, but for one
 * that waits at a time.
 */
public final class Unfinished {
    /** The class whose lambda or method a task is, or the task's own. */
    private static final Pattern CLASS = Pattern.compile("([^.$]+)(\\$.*)?$");

    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong timesNone = new AtomicLong();
    private final ThreadLocal<Task> ofThread = new ThreadLocal<>();
    private volatile Thread waiting;

    /** What counts as a task until it is over. */
    final class Task {
        private final String threads;
        private final Class<?> kind;

        private Task(String threads, Class<?> kind) {
            this.threads = threads;
            this.kind = kind;
        }

        private void begin() {
            count.incrementAndGet();
            tasks.add(this);
        }

        /** Runs it on this thread; afterwards it is over. */
        void run(Runnable work) {
            ofThread.set(this);
            try {
                work.run();
            } finally {
                ofThread.remove();
                over();
            }
        }

        /** It has run, or never will. Calling it again does nothing. */
        void over() {
            if (tasks.remove(this) && count.decrementAndGet() == 0) {
                timesNone.incrementAndGet();
                LockSupport.unpark(waiting);
            }
        }

        private String title() {
            Matcher name = CLASS.matcher(kind.getName());
            return threads + " (" + (name.find() ? name.group(1) : kind) + ")";
        }
    }

    /** Counts a task of the threads of that name; {@code kind} is the class that people are told of. */
    Task begun(String threads, Class<?> kind) {
        Task task = new Task(threads, kind);
        task.begin();
        return task;
    }

    /** Does something for which all tasks have to be finished but that of the current thread, if it has one. */
    void doneBesides(Runnable work) {
        Task own = ofThread.get();
        if (own == null) {
            work.run();
            return;
        }
        own.over();
        try {
            work.run();
        } finally {
            own.begin();
        }
    }

    /**
     * Waits until there has been a moment without a task since the call; false when that takes until
     * {@code System.nanoTime()} is {@code untilNanos}, or when {@code givesUp}, which is asked again whenever the thread is unparked.
     */
    boolean awaitNone(long untilNanos, BooleanSupplier givesUp) {
        waiting = Thread.currentThread();
        try {
            long seen = timesNone.get();
            while (count.get() != 0 && timesNone.get() == seen) {
                long left = untilNanos - System.nanoTime();
                if (left <= 0 || givesUp.getAsBoolean()) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
            }
            return true;
        } finally {
            waiting = null;
        }
    }

    /** What there is at the moment, for people: threads and classes, with how many tasks each. */
    String text() {
        Map<String, Long> titles =
                tasks.stream().collect(Collectors.groupingBy(Task::title, TreeMap::new, Collectors.counting()));
        return titles.isEmpty()
                ? "nothing"
                : titles.entrySet().stream()
                        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x " + entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
