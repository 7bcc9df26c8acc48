package io.strikemq.adapter.kafka.wire;

/** Is shown the error codes of a response, each within the row that it is about; outside of all rows, about the whole. */
public interface ErrorVisitor extends RowVisitor {
    /**
     * The error of the row.
     *
     * @param code    Kafka's number, 0 for none
     * @param message where the response has a place for one; may be empty or null
     */
    void error(short code, String message);
}
