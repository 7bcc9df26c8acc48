package io.strikemq.application.journal;

import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;

/** Who asked for something, in words. */
final class Who {
    /** The name that the REST API has in the place of a listener's. */
    private static final String REST = "REST";

    private Who() {}

    /** Such as {@code client a-producer (/127.0.0.1)}. */
    static String of(RequestContext context) {
        if (context.listener().equals(REST)) {
            return "somebody by HTTP (" + context.clientAddress() + ")";
        }
        return client(context.clientId(), context.clientAddress());
    }

    /** A client of that id and host, either of which may be empty. */
    static String client(String id, String host) {
        String name = id.isEmpty() ? "a client without a name" : "client " + Printable.name(id);
        return host.isEmpty() ? name : name + " (" + host + ")";
    }
}
