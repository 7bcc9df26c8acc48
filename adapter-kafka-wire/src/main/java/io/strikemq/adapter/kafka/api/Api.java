package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;

/**
 * One API: decodes a request, asks an inbound port, encodes its answer. Holds no rules and no state.
 *
 * @param <Q> the request
 */
public interface Api<Q extends RequestMessage> {
    /** Which API this is; all its stable versions are served. */
    ApiKey key();

    /** Takes a request off the wire; byte values in it are slices of the frame. */
    Q read(WireReader in, short version);

    /**
     * Answers the call, now or later, on any thread. The bytes of the request are valid only until this returns. What
     * is thrown becomes a {@link #refusal}.
     */
    void handle(ApiCall<Q> call);

    /**
     * The answer that says nothing but this error: for the whole, or for each topic and partition of the request where
     * the version has no other place for it. Null when a request of this kind gets no answer: then the connection is
     * closed.
     *
     * @param message one sentence for versions that carry it; may be null
     */
    ResponseMessage refusal(Q request, short version, ErrorCode error, String message);
}
