package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.CompressionCodecs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens batches for reading, compressed ones as well. Safe for any thread.
 *
 * <p>Its errors are {@link BrokerException}s: INVALID_RECORD for bytes that are no records, MESSAGE_TOO_LARGE for a
 * payload that decompresses to more than the limit, UNSUPPORTED_COMPRESSION_TYPE.
 */
public final class RecordReader {
    /** How large a batch may become in plain: far beyond any sensible one, far below what would fill a heap at once. */
    public static final int DEFAULT_MAX_PLAIN_BYTES = 256 << 20;

    private final CompressionCodecs codecs;
    private final int maxPlainBytes;

    /** A reader with the default limit. */
    public RecordReader(CompressionCodecs codecs) {
        this(codecs, DEFAULT_MAX_PLAIN_BYTES);
    }

    /** A reader that refuses payloads of more than {@code maxPlainBytes}. */
    public RecordReader(CompressionCodecs codecs, int maxPlainBytes) {
        this.codecs = codecs;
        this.maxPlainBytes = maxPlainBytes;
    }

    /** A cursor before the first record of the batch. */
    public RecordCursor open(RecordBatch batch) {
        return new RecordCursor(batch, plainPayload(batch));
    }

    /** All records of the batch. */
    public List<Record> read(RecordBatch batch) {
        RecordCursor cursor = open(batch);
        List<Record> records = new ArrayList<>();
        while (cursor.next()) {
            records.add(cursor.record());
        }
        return records;
    }

    ByteBuffer plainPayload(RecordBatch batch) {
        CompressionType compression = batch.compression();
        return compression == CompressionType.NONE
                ? batch.payload()
                : decompress(compression, MessageFormat.V2, batch.payload());
    }

    ByteBuffer decompress(CompressionType compression, byte magic, ByteBuffer payload) {
        return codecs.decompress(compression, magic, payload, maxPlainBytes);
    }
}
