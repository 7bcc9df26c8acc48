package io.strikemq.bootstrap.embedding;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes to the log of the broker for which the current thread works. */
final class EmbeddedLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    /** What the libraries of REST tell below this is for their own developers. */
    private final Level lowest;

    EmbeddedLogger(String name) {
        this.name = name;
        this.lowest = lowest(name);
    }

    private static Level lowest(String name) {
        // What Jetty says there of malformed requests, once for each, their clients are told.
        if (name.startsWith("org.eclipse.jetty.http") || name.equals("org.eclipse.jetty.util.HostPort")) {
            return Level.ERROR;
        }
        return name.startsWith("org.eclipse.jetty") || name.startsWith("io.javalin") ? Level.WARN : Level.TRACE;
    }

    private boolean takes(Level level) {
        if (level.toInt() < lowest.toInt()) {
            return false;
        }
        BrokerLog log = BrokerLog.ofThread();
        return log != null && log.takes(level);
    }

    @Override
    public boolean isTraceEnabled() {
        return takes(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return takes(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return takes(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return takes(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return takes(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        BrokerLog log = BrokerLog.ofThread();
        if (log == null) {
            return;
        }
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        log.add(level, name, thrown == null ? message : message + System.lineSeparator() + trace(thrown));
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
