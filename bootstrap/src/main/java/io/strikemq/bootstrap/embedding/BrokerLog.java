package io.strikemq.bootstrap.embedding;

import io.strikemq.bootstrap.system.SystemClock;
import io.strikemq.domain.port.out.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/**
 * The last lines that one broker logged. A broker's threads know which log is theirs: each thread has that of the thread
 * by which it was made. What is logged by a thread that belongs to no broker is dropped.
 */
final class BrokerLog {
    /** Enough for what led to a failed test, and not more than some 100 KB as a rule. */
    static final int MOST_LINES = 1_000;
    /** Of a line, so that all of them together are bounded. */
    static final int MOST_CHARACTERS = 4_000;

    private static final InheritableThreadLocal<BrokerLog> OF_THREAD = new InheritableThreadLocal<>();

    private final Clock clock = new SystemClock();
    private final int level;
    private final Deque<String> lines = new ArrayDeque<>();

    /** Takes lines from {@code level} on, a word as in the setting {@code log_level}. */
    BrokerLog(String level) {
        this.level = Level.valueOf(level.toUpperCase(Locale.ROOT)).toInt();
    }

    /** The log of the broker for which the current thread works; null where it works for none. */
    static BrokerLog ofThread() {
        return OF_THREAD.get();
    }

    /** Makes the current thread one of the broker's, and so all that it will make. */
    void adoptThread() {
        OF_THREAD.set(this);
    }

    /** Whether lines of that level are taken. */
    boolean takes(Level of) {
        return of.toInt() >= level;
    }

    /** Adds a text of one line or several. */
    void add(String text) {
        List<String> more = text.lines().limit(MOST_LINES).map(BrokerLog::cut).toList();
        synchronized (lines) {
            for (String line : more) {
                if (lines.size() == MOST_LINES) {
                    lines.removeFirst();
                }
                lines.addLast(line);
            }
        }
    }

    /** Adds what a logger was given. */
    void add(Level of, String logger, String message) {
        String shortName = logger.substring(logger.lastIndexOf('.') + 1);
        add(Instant.ofEpochMilli(clock.wallClockMillis()) + " " + of + " " + shortName + " - " + message);
    }

    private static String cut(String line) {
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + " …";
    }

    /** The lines that are kept, the oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }
}
