package io.strikemq.domain.intercept;

import io.strikemq.domain.request.RequestContext;
import java.util.List;

/**
 * A request of a Kafka client, as it is seen before it is handled. It keeps the bytes of the request alive: take from it
 * what is needed later, and do not keep it.
 */
public interface SeenRequest {
    /** Kafka's name of the API, such as {@code ListOffsets}. */
    String api();

    /** Of the API. */
    short version();

    /** Who asks. */
    RequestContext context();

    /** The client's port: with its address, one connection of it. */
    int clientPort();

    /** The number by which the client knows the answer. */
    int correlationId();

    /**
     * What the request names, in the order of the request; empty when it names nothing. A fetch names what its session
     * reads, too. Found out at the first call, which must come before the request is handled.
     */
    List<NamedRow> names();
}
