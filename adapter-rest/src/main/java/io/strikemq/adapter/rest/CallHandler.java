package io.strikemq.adapter.rest;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Stands before the servlet: turns strangers away, and gives each call its {@link Exchange}. */
final class CallHandler extends Handler.Wrapper {
    /** Javalin would obey it: what looks like a POST would delete, past all that looks at methods. */
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    /** What Jetty puts in place of bytes that are no UTF-8: a name with it would be another one. */
    private static final char NO_UTF8 = '\uFFFD';

    private final RestLimits limits;
    private final TrustedCallers callers;
    private final HeadTimes heads;
    private final MemoryBudget budget;

    CallHandler(Handler servlet, RestSettings settings, HeadTimes heads, MemoryBudget budget) {
        super(servlet);
        this.limits = settings.limits();
        this.callers = settings.callers();
        this.heads = heads;
        this.budget = budget;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        heads.headArrived(connection);
        Callback whenOver = Callback.from(() -> heads.awaitNext(connection), callback);
        Exchange exchange = new Exchange(request, response, whenOver, limits, budget);
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            exchange.refuse(403, refusal.get());
            return true;
        }
        if (request.getHeaders().contains(METHOD_OVERRIDE)) {
            exchange.refuse(400, "the header " + METHOD_OVERRIDE + " is not obeyed; send the method itself");
            return true;
        }
        if (request.getHttpURI().getPathQuery().indexOf(NO_UTF8) >= 0) {
            exchange.refuse(400, "the path has bytes that are not UTF-8, or U+FFFD, which has to be URL-encoded");
            return true;
        }
        tellBrowser(request, response);
        try {
            return super.handle(request, exchange.response(), exchange);
        } catch (Exception | Error e) {
            exchange.failed(e);
            return true;
        }
    }

    private Optional<String> refusal(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return callers.refusalOfHost(request.getHttpURI().getHost())
                .or(() -> callers.refusalOfHost(host))
                .or(() -> request.getHeaders().getValuesList(HttpHeader.ORIGIN).stream()
                        .flatMap(origin -> callers.refusalOfOrigin(origin, host).stream())
                        .findFirst());
    }

    /** Lets an allowed page of another origin read its answers, and send more than plain text (CORS). */
    private void tellBrowser(Request request, Response response) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (callers.isAllowed(origin)) {
            response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.getHeaders().put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
            if (HttpMethod.OPTIONS.is(request.getMethod())) {
                response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE, HEAD");
                response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type");
            }
        }
    }
}
