package io.strikemq.adapter.rest;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One row of the API's table: an endpoint, and what it takes. All else, HEAD and OPTIONS, 405 and the index, follows.
 *
 * @param path       with its parameters in braces
 * @param meaning    a few words, for the index
 * @param parameters the query parameters that it knows; others are refused
 * @param bodyLimit  tells how large a body it takes, before the body is read; null for an endpoint that takes none, or takes it in pieces
 * @param endpoint   who answers when the body is whole; null where it is taken in pieces
 * @param stream     who takes the body in pieces; null where it is taken whole
 */
record Route(
        HandlerType method,
        String path,
        String meaning,
        List<String> parameters,
        ToIntFunction<RestCall> bodyLimit,
        Endpoint endpoint,
        BodyStream stream) {
    static Route get(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.GET, path, meaning, List.of(), null, endpoint, null);
    }

    static Route post(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.POST, path, meaning, List.of(), null, endpoint, null);
    }

    static Route put(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.PUT, path, meaning, List.of(), null, endpoint, null);
    }

    static Route delete(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.DELETE, path, meaning, List.of(), null, endpoint, null);
    }

    /** One that takes its body in pieces, however long it is. */
    static Route posting(String path, String meaning, BodyStream stream) {
        return new Route(HandlerType.POST, path, meaning, List.of(), null, null, stream);
    }

    /** Whether there may be a body. */
    boolean takesBody() {
        return bodyLimit != null || stream != null;
    }

    /** The same with these query parameters. */
    Route withParameters(List<String> names) {
        return new Route(method, path, meaning, names, bodyLimit, endpoint, stream);
    }

    /** The same with a body. */
    Route withBody(ToIntFunction<RestCall> limit) {
        return new Route(method, path, meaning, parameters, limit, endpoint, null);
    }
}
