package io.strikemq.bootstrap;

import io.strikemq.bootstrap.system.DatedLines;
import io.strikemq.bootstrap.system.SystemClock;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * How the process logs, by the properties of the JVM that slf4j's simple logger obeys. A file in the jar, its other way,
 * would have the first logger wait until the jar's directory was read.
 */
final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final Map<String, String> PROPERTIES = Map.of(
            // The only logger of the jar need not be looked for, nor say at each start that it was named.
            "slf4j.provider",
            "org.slf4j.simple.SimpleServiceProvider",
            "slf4j.internal.verbosity",
            "WARN",
            // One line for each event, on stderr: stdout belongs to the banner and to scripts that wait for it.
            // The stream itself puts the time before each line (DatedLines).
            PREFIX + "logFile",
            "System.err",
            PREFIX + "showDateTime",
            "false",
            PREFIX + "showThreadName",
            "false",
            PREFIX + "showShortLogName",
            "true",
            PREFIX + "log.io.javalin",
            "warn",
            PREFIX + "log.org.eclipse.jetty",
            "warn",
            // What it says there of malformed requests, once for each, their clients are told.
            PREFIX + "log.org.eclipse.jetty.http",
            "error",
            PREFIX + "log.org.eclipse.jetty.util.HostPort",
            "error");

    private Logging() {}

    /** Comes before the first logger; {@code level}: from which on lines are written. What the user has set stays. */
    static void begin(String level) {
        System.setErr(new DatedLines(System.err, new SystemClock()));
        System.setProperty(PREFIX + "defaultLogLevel", level);
        PROPERTIES.forEach(System.getProperties()::putIfAbsent);
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        // It looks for its file here, and this class loader looks into no jar.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            LoggerFactory.getILoggerFactory();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
