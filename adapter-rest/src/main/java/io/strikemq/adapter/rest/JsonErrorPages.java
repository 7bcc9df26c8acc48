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
    /** Jetty would leave the body empty but for GET, HEAD and POST. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.CONTENT_TYPE);
        response.write(true, body(status, message), callback);
    }

    private static ByteBuffer body(int status, String message) {
        return ByteBuffer.wrap(Json.error(sentence(status, message)));
    }

    private static String sentence(int status, String message) {
        return switch (status) {
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the broker is stopping";
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "the request's path, query string and headers are larger than the " + HttpEngine.MAX_HEAD_BYTES
                        + " bytes accepted";
            case HttpStatus.BAD_REQUEST_400 ->
                "the request is not HTTP, or its path has what cannot be decoded: %00, or what is not UTF-8"
                        + detail(status, message);
            default -> message == null ? HttpStatus.getMessage(status) : message;
        };
    }

    /** What the server says beyond the status. */
    private static String detail(int status, String message) {
        return message == null || message.equals(HttpStatus.getMessage(status)) ? "" : " (" + message + ")";
    }
}
