package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * One API: decodes a request, asks an inbound port, encodes its answer. Holds no rules and no state.
 *
 * @param <Q> the request
 */
public abstract class Api<Q extends RequestMessage> {
    private final ApiKey key;
    private final RequestReader<Q> reader;

    /** How the generated class of a request is read, at each version. */
    @FunctionalInterface
    protected interface RequestReader<Q> {
        Q read(WireReader in, short version);
    }

    /** All stable versions of {@code key} are served. */
    protected Api(ApiKey key, RequestReader<Q> reader) {
        this.key = key;
        this.reader = reader;
    }

    /** Which API this is; all its stable versions are served. */
    public final ApiKey key() {
        return key;
    }

    /** Takes a request off the wire; byte values in it are slices of the frame. */
    final Q read(WireReader in, short version) {
        return reader.read(in, version);
    }

    /**
     * Whether the ports that it asks may wait for the disk, or for others that do: then it is handled on a worker thread,
     * and its request holds no byte values. Otherwise it is handled on the event loop, which must never wait.
     */
    protected boolean mayWait() {
        return false;
    }

    /**
     * Whether the API is served at the moment, as features and settings say. Where it is not, it is not advertised, and
     * whoever asks is refused with UNSUPPORTED_VERSION.
     */
    protected boolean isOffered() {
        return true;
    }

    /**
     * Answers the call, now or later, on any thread. The bytes of the request are valid only until this returns. What
     * is thrown becomes a {@link #refusal}.
     */
    public abstract void handle(ApiCall<Q> call);

    /**
     * The answer that says nothing but this error: for the whole, or for each topic and partition of the request where
     * the version has no other place for it. Null when a request of this kind gets no answer: then the connection is
     * closed.
     *
     * @param message one sentence for versions that carry it; may be null
     */
    public abstract ResponseMessage refusal(Q request, short version, ErrorCode error, String message);

    /**
     * Shows what a request names, row by row; returns it with no other rows than the visitor wants, as far as it can be
     * without them. What the definitions do not say, as of a key that is now a group's and now a transactional id, is said
     * here.
     */
    @SuppressWarnings("unchecked")
    protected Q select(Q request, short version, RowVisitor rows) {
        return (Q) request.select(rows);
    }

    /**
     * The answer that says this error of the rows of a request that the visitor wants; of the whole where the version has no rows
     * for it. Null as in {@link #refusal}.
     */
    protected ResponseMessage refusalOfRows(Q request, short version, RowVisitor wanted, ErrorCode error) {
        return refusal(select(request, version, wanted), version, error, null);
    }

    /** The same request, but in no case waiting for anything to come. */
    protected Q withoutWaiting(Q request) {
        return request;
    }

    /** Whether answers carry records. */
    protected boolean carriesRecords() {
        return false;
    }

    /** The same answer with damage in copies of the records in those rows that the visitor wants. */
    protected ResponseMessage corrupted(ResponseMessage answer, RowVisitor wanted) {
        return answer;
    }

    /** A row of the answer for each of these, in their order. */
    protected static <T, R> List<R> each(Collection<T> items, Function<? super T, R> row) {
        if (items.isEmpty()) {
            return List.of();
        }
        List<R> rows = new ArrayList<>(items.size());
        for (T item : items) {
            rows.add(row.apply(item));
        }
        return rows;
    }
}
