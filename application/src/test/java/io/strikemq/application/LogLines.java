package io.strikemq.application;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what a class logs, instead of printing it. */
public final class LogLines implements AutoCloseable {
    private final List<LogRecord> records = new ArrayList<>();
    private final Logger logger;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing to give back.
        }
    };

    public LogLines(Class<?> source) {
        this(Logger.getLogger(source.getName()));
    }

    /** What all classes of a package log. */
    public LogLines(Package source) {
        this(Logger.getLogger(source.getName()));
    }

    private LogLines(Logger logger) {
        this.logger = logger;
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** What was logged, in order. */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
