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
 * @param bodyLimit  tells how large a body it takes, before the body is read; null for an endpoint that takes none
 */
record Route(
        HandlerType method,
        String path,
        String meaning,
        List<String> parameters,
        ToIntFunction<RestCall> bodyLimit,
        Endpoint endpoint) {
    static Route get(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.GET, path, meaning, List.of(), null, endpoint);
    }

    static Route post(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.POST, path, meaning, List.of(), null, endpoint);
    }

    static Route put(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.PUT, path, meaning, List.of(), null, endpoint);
    }

    static Route delete(String path, String meaning, Endpoint endpoint) {
        return new Route(HandlerType.DELETE, path, meaning, List.of(), null, endpoint);
    }

    /** The same with these query parameters. */
    Route withParameters(List<String> names) {
        return new Route(method, path, meaning, names, bodyLimit, endpoint);
    }

    /** The same with a body. */
    Route withBody(ToIntFunction<RestCall> limit) {
        return new Route(method, path, meaning, parameters, limit, endpoint);
    }
}
