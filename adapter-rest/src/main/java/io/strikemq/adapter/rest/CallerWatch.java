package io.strikemq.adapter.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a caller hangs up while its answer is waited for. Jetty reads from no connection meanwhile, so this does, for
 * as long as the connection has nothing else to read: what it reads of a next call is handed to the connection. A caller that has ended
 * its side only is taken to be gone too: nobody who waits for an answer does so on purpose.
 */
final class CallerWatch implements Callback {
    private static final int NEXT_CALL_BYTES = 1024;

    private final Connection connection;
    private final AbstractEndPoint endPoint;
    private final Runnable whenGone;
    private boolean over; // Guarded by this.

    private CallerWatch(Connection connection, AbstractEndPoint endPoint, Runnable whenGone) {
        this.connection = connection;
        this.endPoint = endPoint;
        this.whenGone = whenGone;
    }

    /** Begins to watch a connection whose call was read to its end; returns what ends it. */
    static Runnable begin(Connection connection, Runnable whenGone) {
        EndPoint endPoint = connection.getEndPoint();
        if (!(endPoint instanceof AbstractEndPoint readable) || !(connection instanceof Connection.UpgradeTo)) {
            return () -> {};
        }
        CallerWatch watch = new CallerWatch(connection, readable, whenGone);
        readable.tryFillInterested(watch);
        return watch::end;
    }

    /** There is something to read. */
    @Override
    public void succeeded() {
        if (isGone()) {
            whenGone.run();
        }
    }

    private synchronized boolean isGone() {
        if (over) {
            return false;
        }
        ByteBuffer read = BufferUtil.allocate(NEXT_CALL_BYTES);
        int count;
        try {
            count = endPoint.fill(read);
        } catch (IOException e) {
            count = -1;
        }
        over = count != 0;
        if (count > 0) {
            ((Connection.UpgradeTo) connection).onUpgradeTo(read);
        } else if (count == 0) {
            endPoint.tryFillInterested(this);
        }
        return count < 0;
    }

    /** The connection broke, or the watch has ended. */
    @Override
    public void failed(Throwable cause) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        whenGone.run();
    }

    private void end() {
        synchronized (this) {
            over = true;
        }
        endPoint.getFillInterest().onFail(new IOException("nobody watches any more"));
    }
}
