package io.strikemq.adapter.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.util.List;

/** The table of this API: which method on which path is answered by what, and the answers for all others. */
final class Routes {
    private static final String TOPICS = "/v1/topics";
    private static final String TOPIC = "/v1/topics/{name}";
    private static final String MESSAGES = "/v1/topics/{name}/messages";
    private static final String GROUPS = "/v1/groups";
    private static final String GROUP = "/v1/groups/{id}";

    private final RoutesConfig routes;
    private final RestSettings settings;

    Routes(RoutesConfig routes, RestSettings settings) {
        this.routes = routes;
        this.settings = settings;
    }

    void declare(RestApis apis) {
        get("/v1/broker", List.of(), apis.broker()::describe);
        get(TOPICS, List.of(TopicsApi.INCLUDE_INTERNAL), apis.topics()::list);
        get(TOPIC, List.of(), apis.topics()::detail);
        add(HandlerType.DELETE, TOPIC, List.of(), apis.topics()::delete);
        get(MESSAGES, PeekApi.PARAMETERS, apis.peek()::peek);
        add(HandlerType.POST, MESSAGES, List.of(ProduceApi.PARTITION), apis.produce()::produce);
        get(GROUPS, List.of(), apis.groups()::list);
        get(GROUP, List.of(), apis.groups()::detail);
        options("/v1/broker", "GET, HEAD, OPTIONS");
        options(TOPICS, "GET, HEAD, OPTIONS");
        options(TOPIC, "GET, DELETE, HEAD, OPTIONS");
        options(MESSAGES, "GET, POST, HEAD, OPTIONS");
        options(GROUPS, "GET, HEAD, OPTIONS");
        options(GROUP, "GET, HEAD, OPTIONS");
        declareErrors();
    }

    /** HEAD goes the same way: the server leaves the body out. */
    private void get(String path, List<String> parameters, Endpoint endpoint) {
        add(HandlerType.GET, path, parameters, endpoint);
        add(HandlerType.HEAD, path, parameters, endpoint);
    }

    private void add(HandlerType method, String path, List<String> parameters, Endpoint endpoint) {
        routes.addHttpHandler(method, path, http -> answer(http, parameters, endpoint));
    }

    private void answer(Context http, List<String> parameters, Endpoint endpoint) throws IOException {
        RestCall call = new RestCall(http, settings);
        call.allowParameters(parameters);
        http.result(Json.bytes(endpoint.answer(call)));
    }

    private void options(String path, String allowed) {
        routes.options(path, http -> http.status(204).header("Allow", allowed));
    }

    private void declareErrors() {
        routes.exception(MethodNotAllowedResponse.class, (refused, http) -> {
            String allowed = String.join(", ", refused.getDetails().values());
            http.header("Allow", allowed);
            fail(http, 405, "method " + http.req().getMethod() + " is not allowed here; allowed are " + allowed);
        });
        routes.exception(
                HttpResponseException.class,
                (refused, http) -> fail(
                        http,
                        refused.getStatus(),
                        refused.getStatus() == 404 ? "there is no such path: " + http.path() : refused.getMessage()));
        routes.exception(Exception.class, (thrown, http) -> {
            Failures.Failure failure = Failures.of(thrown, http.req().getMethod() + " " + http.path());
            fail(http, failure.status(), failure.message());
        });
    }

    private static void fail(Context http, int status, String message) {
        http.status(status).result(Json.error(message));
    }
}
