package io.strikemq.bootstrap.system;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tasks that the broker's threads have been given and have not finished. Whoever lets time pass waits for those that are there, and for all that
 * they hand on, which they do before they end; but not for what others begin meanwhile, of whom there may always be some.
 * Thread-safe.
 */
public final class Unfinished {
    /** The class whose lambda or method a task is, or the task's own. */
    private static final Pattern CLASS = Pattern.compile("([^.$]+)(\\$.*)?$");

    private final ThreadLocal<Task> ofThread = new ThreadLocal<>();

    // Guarded by this.
    private final Set<Task> tasks = new HashSet<>();
    /** Grows when somebody begins to wait, for the tasks that are of an earlier round. */
    private long round;
    /** How many of them there are. */
    private int earlier;

    /** What counts as a task until it is over. */
    final class Task {
        private final String threads;
        private final Class<?> kind;
        private final long ofRound;

        private Task(String threads, Class<?> kind, long ofRound) {
            this.threads = threads;
            this.kind = kind;
            this.ofRound = ofRound;
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
            end(this);
        }

        private String title() {
            Matcher name = CLASS.matcher(kind.getName());
            return threads + " (" + (name.find() ? name.group(1) : kind) + ")";
        }
    }

    /** Counts a task of the threads of that name; {@code kind} is the class that people are told of. */
    synchronized Task begun(String threads, Class<?> kind) {
        Task by = ofThread.get();
        Task task = new Task(threads, kind, by == null ? round : by.ofRound);
        begin(task);
        return task;
    }

    private synchronized void begin(Task task) {
        tasks.add(task);
        if (task.ofRound < round) {
            earlier++;
        }
    }

    private synchronized void end(Task task) {
        if (tasks.remove(task) && task.ofRound < round && --earlier == 0) {
            notifyAll();
        }
    }

    /** Does something for which tasks have to be finished, but not that of the current thread, if it has one. */
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
            begin(own);
        }
    }

    /**
     * Waits until all tasks are over that there are, and what they hand on; false when that takes until {@code System.nanoTime()}
     * is {@code untilNanos}, or {@code givesUp}, which is asked again at each {@link #wake}.
     */
    synchronized boolean await(long untilNanos, BooleanSupplier givesUp) throws InterruptedException {
        round++;
        earlier = tasks.size();
        while (earlier > 0) {
            long left = untilNanos - System.nanoTime();
            if (left <= 0 || givesUp.getAsBoolean()) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return true;
    }

    /** Whoever waits asks whether to give up. */
    synchronized void wake() {
        notifyAll();
    }

    /** What there is at the moment, for people: threads and classes, with how many tasks each. */
    synchronized String text() {
        Map<String, Long> titles =
                tasks.stream().collect(Collectors.groupingBy(Task::title, TreeMap::new, Collectors.counting()));
        return titles.isEmpty()
                ? "nothing"
                : titles.entrySet().stream()
                        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x " + entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
