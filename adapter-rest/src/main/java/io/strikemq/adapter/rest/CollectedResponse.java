package io.strikemq.adapter.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes what a servlet writes, without a wait, so that it can be sent after the servlet's thread is free again. That is
 * little: answers other than errors go past the servlet.
 */
final class CollectedResponse extends Response.Wrapper {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    CollectedResponse(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
        if (bytes != null && bytes.hasRemaining()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            content.writeBytes(copy);
        }
        callback.succeeded();
    }

    @Override
    public void reset() {
        content.reset();
        super.reset();
    }

    /** All that was written. */
    ByteBuffer content() {
        return ByteBuffer.wrap(content.toByteArray());
    }
}
