package io.strikemq.adapter.kafka.net;

/**
 * Takes the outcome of one request, from any thread: exactly one of {@code send}, {@code none}, {@code close}, {@code
 * hangUp}, {@code reset} and {@code withhold}.
 */
public interface Responder {
    /** Answers; when the client is gone, the response is released at once. */
    void send(Response response);

    /** There is no answer to this request (acks=0): the connection goes on with the next one. */
    void none();

    /** Closes the connection, which logs one line that names the client and the reason. */
    void close(String reason);

    /** Closes the connection without a word. */
    void hangUp();

    /** Closes the connection by a reset: the client gets an RST. */
    void reset();

    /** This request is never answered, and nothing more on this connection: it stays open until the client closes it. */
    void withhold();

    /** Sends a part of the answer, before the outcome, which sends the last one. When the client is gone, nothing happens. */
    void sendPart(Response part);

    /** Does something on the event loop of the connection, before the outcome, unless the client is gone by then. */
    void later(Runnable action);

    /**
     * Says, before the outcome, that the request takes memory of its own until then: it counts among what the requests
     * of all connections may take together.
     */
    void holds(long bytes);

    /**
     * Says, during the call that handed the request over, that the answer may take long and is of no use to anybody
     * when the client goes away: then {@code cancellation} runs, on the event loop, and a late answer is dropped.
     */
    void park(Runnable cancellation);
}
