package io.strikemq.parity.compaction;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** What both logs under comparison do, step by step. */
interface ComparedLog extends AutoCloseable {
    /** Appends a batch that has its offset already. */
    void append(GeneratedBatch batch);

    /** The broker ends in order and starts again. */
    void restart();

    /** The clock stands here now. */
    void turnTo(long millis);

    /** Compacts the log as long as that is due; tells before which offset it is clean then, or that it was not due. */
    OptionalLong compactIfDue();

    /** Deletes the records before an offset. */
    void deleteBefore(long offset);

    /** The base offsets of all segments. */
    List<Long> segments();

    /** All that is stored, from the log's start on. */
    ByteBuffer bytes();

    /** The aborted transactions that readers of the whole log are told. */
    List<String> aborted();

    /** Where the log starts and ends, and before where it is stable. */
    String bounds();

    /** Which record a look-up by time finds. */
    String firstAtOrAfter(long timestamp);

    @Override
    void close();
}
