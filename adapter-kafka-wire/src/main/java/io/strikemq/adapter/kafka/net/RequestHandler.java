package io.strikemq.adapter.kafka.net;

import java.nio.ByteBuffer;

/** Answers requests. Called on the event loop of the connection, which it must not block. */
public interface RequestHandler {
    /**
     * Takes one request. The next one of the same connection is handed over only after this one was answered.
     *
     * @param frame     a direct buffer without the length in front; valid, and free to be written to, until this call
     *                  returns
     * @param responder takes the answer, during this call or later
     */
    void handle(ConnectionInfo connection, ByteBuffer frame, Responder responder);
}
