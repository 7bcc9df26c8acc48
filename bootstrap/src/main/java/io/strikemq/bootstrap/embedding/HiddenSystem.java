package io.strikemq.bootstrap.embedding;

import org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder;

/** In the place of some methods of {@link System}: the build puts it there in all hidden classes. */
public final class HiddenSystem {
    private static final SLF4JSystemLoggerFinder FINDER = new SLF4JSystemLoggerFinder();

    private HiddenSystem() {}

    /** The logger of that name, which writes where those of slf4j do; the JDK would ask the process's own finder. */
    public static System.Logger getLogger(String name) {
        return FINDER.getLogger(name, HiddenSystem.class.getModule());
    }

    /** Sets nothing: Jetty for one would tell the process's own Jetty a version. Returns null, as for what was not set. */
    public static String setProperty(String name, String value) {
        return null;
    }
}
