package io.strikemq.adapter.rest;

import io.javalin.http.Context;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.request.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One request: who asks, and the parameters, checked. */
final class RestCall {
    private static final String LISTENER = "REST";

    private final Context http;
    private final RestSettings settings;

    RestCall(Context http, RestSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    /** Who asks, in the domain's terms. */
    RequestContext context() {
        return new RequestContext(
                settings.brokerId(),
                LISTENER,
                RequestContext.ANONYMOUS,
                "",
                "/" + http.req().getRemoteAddr());
    }

    /** A part of the path, decoded. */
    String pathParameter(String name) {
        return http.pathParam(name);
    }

    /** Refuses query parameters that nobody would read: a misspelt one must not be taken for none. */
    void allowParameters(Collection<String> known) {
        for (Map.Entry<String, List<String>> parameter : queryParameters().entrySet()) {
            if (!known.contains(parameter.getKey())) {
                throw Failures.malformed("unknown query parameter '" + parameter.getKey() + "'"
                        + (known.isEmpty() ? "; this call takes none" : "; known are " + String.join(", ", known)));
            }
            if (parameter.getValue().size() > 1) {
                throw Failures.malformed("query parameter '" + parameter.getKey() + "' is given more than once");
            }
        }
    }

    private Map<String, List<String>> queryParameters() {
        try {
            // Javalin leaves out what it cannot decode; this says so instead.
            URLDecoder.decode(http.queryString() == null ? "" : http.queryString(), StandardCharsets.UTF_8);
            return http.queryParamMap();
        } catch (IllegalArgumentException e) {
            throw Failures.malformed("the query string is not URL-encoded: " + e.getMessage());
        }
    }

    /** A whole number from the query string, in a range; {@code otherwise} when it is not given. */
    long number(String name, long min, long max, long otherwise) {
        String text = http.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what would be right.
        }
        throw Failures.malformed("query parameter '" + name + "' must be a whole number from " + min
                + (max == Long.MAX_VALUE ? " on" : " to " + max) + ", not '" + text + "'");
    }

    /** Whether the query string has this parameter. */
    boolean has(String name) {
        return http.queryParam(name) != null;
    }

    /** Whether a yes-or-no parameter of the query string says {@code true}; no when it is not given. */
    boolean flag(String name) {
        String text = http.queryParam(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw Failures.malformed("query parameter '" + name + "' must be true or false, not '" + text + "'");
    }

    /** The body, which ends with MESSAGE_TOO_LARGE where it grows beyond the limit. */
    InputStream body() throws IOException {
        int limit = settings.maxRequestBytes();
        if (http.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        return new LimitedBody(http.req().getInputStream(), limit);
    }

    static BrokerException tooLarge(int limit) {
        return new BrokerException(
                ErrorCode.MESSAGE_TOO_LARGE, "the request's body is larger than the " + limit + " bytes accepted");
    }
}
