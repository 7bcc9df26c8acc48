package io.strikemq.bootstrap.embedding;

import org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder;

/**
 * In the place of {@code System.getLogger}, which would ask the process's own finder of loggers: the build puts it there
 * in all hidden classes.
 */
public final class SystemLoggers {
    private static final SLF4JSystemLoggerFinder FINDER = new SLF4JSystemLoggerFinder();

    private SystemLoggers() {}

    /** The logger of that name, which writes where those of slf4j do. */
    public static System.Logger getLogger(String name) {
        return FINDER.getLogger(name, SystemLoggers.class.getModule());
    }
}
