package io.strikemq.adapter.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The table of this API: which method on which path is answered by what, and the answers for all others. What answers may be
 * replaced while calls are made; a call keeps the row that it began with.
 */
final class Routes {
    private final RestSettings settings;
    private volatile List<Route> table;

    Routes(RestSettings settings, List<RestApi> apis) {
        this.settings = settings;
        this.table = rows(apis);
    }

    private List<Route> rows(List<RestApi> apis) {
        List<Route> rows = new ArrayList<>();
        rows.add(Route.get("/", "this index", this::index));
        apis.forEach(api -> rows.addAll(api.routes()));
        return List.copyOf(rows);
    }

    /** From the next call on these answer, which have the same methods and paths in the same order. */
    void replace(List<RestApi> apis) {
        List<Route> rows = rows(apis);
        if (!ways(rows).equals(ways(table))) {
            throw new IllegalArgumentException("the API has " + ways(table) + ", and not " + ways(rows));
        }
        table = rows;
    }

    private static List<String> ways(List<Route> rows) {
        return rows.stream().map(row -> row.method() + " " + row.path()).toList();
    }

    void declareOn(RoutesConfig routes) {
        for (int i = 0; i < table.size(); i++) {
            int row = i;
            for (HandlerType method : methodsOf(table.get(row))) {
                routes.addHttpHandler(method, table.get(row).path(), http -> answer(http, table.get(row)));
            }
        }
        allowedByPath()
                .forEach((path, methods) ->
                        routes.options(path, http -> http.status(204).header("Allow", String.join(", ", methods))));
        declareErrors(routes);
    }

    /** HEAD goes the same way as GET: the server leaves the body out. */
    private static List<HandlerType> methodsOf(Route route) {
        return route.method() == HandlerType.GET ? List.of(HandlerType.GET, HandlerType.HEAD) : List.of(route.method());
    }

    /** The methods of each path, as Javalin lists them too where it refuses another. */
    private Map<String, Set<String>> allowedByPath() {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (HandlerType method : HandlerType.values()) {
            table.stream()
                    .filter(route -> methodsOf(route).contains(method))
                    .forEach(route -> allowed.computeIfAbsent(route.path(), path -> new LinkedHashSet<>())
                            .add(method.name()));
        }
        allowed.values().forEach(methods -> methods.add(HandlerType.OPTIONS.name()));
        return allowed;
    }

    private void answer(Context http, Route route) {
        Exchange exchange = Exchange.of(http.req());
        RestCall call = new RestCall(http, settings, exchange.memory());
        call.allowParameters(route.parameters());
        if (!route.takesBody()) {
            call.refuseBody();
            Answer answer = route.endpoint().answer(call);
            answer.later()
                    .ifPresentOrElse(
                            later ->
                                    http.future(() -> exchange.await(later).thenAccept(made -> give(http, call, made))),
                            () -> give(http, call, answer));
            return;
        }
        call.checkBodyIsPlainText();
        if (route.stream() != null) {
            http.future(() -> exchange.streamBody(route.stream().begin(call)).thenAccept(end -> give(http, call, end)));
            return;
        }
        int limit =
                Math.min(settings.limits().maxRequestBytes(), route.bodyLimit().applyAsInt(call));
        http.future(() -> exchange.readBody(limit)
                .thenCompose(body -> exchange.whenMade(route.endpoint().answer(call.withBody(body))))
                .thenAccept(answer -> give(http, call, answer)));
    }

    private static void give(Context http, RestCall call, Answer answer) {
        if (answer instanceof Answer.Whole whole) {
            http.status(whole.status());
            Exchange.of(http.req()).answerWith(Json.bytes(whole.body(), call.memory()));
        } else if (answer instanceof Answer.InPieces pieces) {
            http.contentType(pieces.contentType());
            Exchange.of(http.req()).answerWith(pieces);
        } else if (answer instanceof Answer.Later) {
            throw new IllegalStateException("an answer that comes later is another one that comes later");
        } else {
            throw new IllegalStateException("unexpected " + answer);
        }
    }

    private Answer index(RestCall call) {
        return Answer.ok(new Index(
                "StrikeMQ",
                table.stream()
                        .map(route -> new Row(route.method().name(), route.path(), route.meaning(), route.parameters()))
                        .toList()));
    }

    private record Index(String name, List<Row> endpoints) {}

    private record Row(String method, String path, String meaning, List<String> parameters) {}

    private static void declareErrors(RoutesConfig routes) {
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
