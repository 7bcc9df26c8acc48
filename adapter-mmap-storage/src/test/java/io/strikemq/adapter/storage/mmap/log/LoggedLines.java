package io.strikemq.adapter.storage.mmap.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Catches what is logged, instead of printing it. */
public final class LoggedLines implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream caught = new ByteArrayOutputStream();

    /** Begins to catch. */
    public LoggedLines() {
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
    }

    /** The lines of this level, without what comes before the message. */
    public List<String> of(String level) {
        return caught.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(level))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
