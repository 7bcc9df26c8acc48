package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, malformed HTTP and requests while it stops, in the same shape as all other errors. */
final class JsonErrorPages extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.CONTENT_TYPE);
        response.write(true, body(status, message), callback);
    }

    private static ByteBuffer body(int status, String message) {
        String sentence = status == HttpStatus.SERVICE_UNAVAILABLE_503
                ? "the broker is stopping"
                : message == null ? HttpStatus.getMessage(status) : message;
        return ByteBuffer.wrap(Json.error(sentence));
    }
}
