package io.strikemq.domain.put;

import java.nio.ByteBuffer;

/**
 * A topic that gets records from lines of JSON, as their bytes come. Memory does not grow with them. For one thread at a time.
 *
 * <p>The first line that is no record ends it: the {@link io.strikemq.domain.error.BrokerException}, INVALID_REQUEST, names the line's
 * number, and how many records before it were imported, which stay.
 */
public interface TopicImport {
    /** Takes more bytes, all that the buffer has. */
    void accept(ByteBuffer more);

    /** How much of what it took is not put yet: a line that is not whole, and a batch that is not full. */
    long heldBytes();

    /** There are no more; the last line may lack its end. Call it once. */
    RecordsImported finish();
}
