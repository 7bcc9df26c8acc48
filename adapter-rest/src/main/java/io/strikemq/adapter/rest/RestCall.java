package io.strikemq.adapter.rest;

import io.javalin.http.Context;
import io.strikemq.domain.request.RequestContext;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One request: who asks, and the parameters, checked. */
final class RestCall {
    private static final String LISTENER = "REST";

    private final Context http;
    private final RestSettings settings;
    private final MemoryBudget.Share memory;
    private final ByteBuffer body;

    RestCall(Context http, RestSettings settings, MemoryBudget.Share memory) {
        this(http, settings, memory, ByteBuffer.allocate(0));
    }

    private RestCall(Context http, RestSettings settings, MemoryBudget.Share memory, ByteBuffer body) {
        this.http = http;
        this.settings = settings;
        this.memory = memory;
        this.body = body;
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

    /** A parameter of the query string as it is; null when it is not given. */
    String text(String name) {
        return http.queryParam(name);
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

    /** One of these words from the query string; {@code otherwise} when it is not given. */
    String word(String name, List<String> words, String otherwise) {
        String text = http.queryParam(name);
        if (text == null || words.contains(text)) {
            return text == null ? otherwise : text;
        }
        throw Failures.malformed(
                "query parameter '" + name + "' must be " + String.join(" or ", words) + ", not '" + text + "'");
    }

    /** What all calls have to keep to. */
    RestLimits limits() {
        return settings.limits();
    }

    /** What this call may take of memory. */
    MemoryBudget.Share memory() {
        return memory;
    }

    /** The same call, now that its body is there. */
    RestCall withBody(ByteBuffer whole) {
        return new RestCall(http, settings, memory, whole);
    }

    /** The body; empty where there is none. */
    ByteBuffer body() {
        return body.duplicate();
    }

    /** Refuses a body where nobody would read it. */
    void refuseBody() {
        if (http.req().getContentLengthLong() > 0 || http.header("Transfer-Encoding") != null) {
            throw Failures.malformed("this call takes no body");
        }
    }

    /** Refuses a body that says it is something other than UTF-8; what kind of text it says it is, does not matter. */
    void checkBodyIsPlainText() {
        String encoding = http.header("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(415, "a body in Content-Encoding '" + encoding + "' is not read; send it as it is");
        }
        String charset = http.req().getCharacterEncoding();
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("us-ascii")) {
            throw new Refusal(415, "a body in charset '" + charset + "' is not read; send it in UTF-8");
        }
    }
}
