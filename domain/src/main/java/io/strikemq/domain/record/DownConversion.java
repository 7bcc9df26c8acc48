package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes message sets of format 0 or 1 of stored batches, for consumers from before Kafka 0.11, as Kafka 3 did: headers
 * and whatever concerns producers are dropped, control batches left out, the compression kept, and in format 0 the
 * timestamps dropped. Safe for any thread.
 */
public final class DownConversion {
    private final RecordReader reader;
    private final CompressionCodecs codecs;

    /** A conversion that reads batches with {@code reader} and compresses with {@code codecs}. */
    public DownConversion(RecordReader reader, CompressionCodecs codecs) {
        this.reader = reader;
        this.codecs = codecs;
    }

    /**
     * Converts whole batches to a message set.
     *
     * @param batches     buffers of whole batches, from position to limit, as a log's slice has them
     * @param magic       0 or 1
     * @param fetchOffset the offset asked for: plain records before it are left out, since old formats have no batches
     *                    (librdkafka relies on it); compressed ones stay together
     * @return the message set from position 0 to its limit. It ends before the first zstd batch, and before a damaged
     *         one, which must not get a new CRC
     * @throws BrokerException UNSUPPORTED_COMPRESSION_TYPE when the first batch with records is a zstd one,
     *                         CORRUPT_MESSAGE when the first one is damaged
     */
    public ByteBuffer convert(List<ByteBuffer> batches, byte magic, long fetchOffset) {
        RecordWriter messages = new RecordWriter(0);
        for (ByteBuffer buffer : batches) {
            int end = buffer.position();
            for (RecordBatch batch : RecordBatches.wholeIn(buffer)) {
                end += batch.sizeInBytes();
                if (batch.isControl()) {
                    continue;
                }
                if (batch.compression() == CompressionType.ZSTD) {
                    if (messages.size() > 0) {
                        return messages.written();
                    }
                    throw new BrokerException(
                            ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "zstd is not part of message format " + magic);
                }
                convert(batch, magic, fetchOffset, messages);
            }
            if (end < buffer.limit()) {
                // Behind control batches the last one may be cut off by the read's limit, and nothing is wrong with it.
                if (messages.size() > 0 || end > buffer.position() && RecordBatches.isCutOff(buffer, end)) {
                    return messages.written();
                }
                throw new BrokerException(ErrorCode.CORRUPT_MESSAGE, "a stored batch is damaged");
            }
        }
        return messages.written();
    }

    private void convert(RecordBatch batch, byte magic, long fetchOffset, RecordWriter target) {
        CompressionType compression = batch.compression();
        LegacyMessageWriter writer = compression == CompressionType.NONE
                ? LegacyMessageWriter.plain(magic, batch.timestampType(), target)
                : LegacyMessageWriter.wrapped(magic, batch.timestampType());
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (compression != CompressionType.NONE || cursor.offset() >= fetchOffset) {
                writer.append(cursor.offset(), cursor.timestamp(), cursor.key(), cursor.value());
            }
        }
        if (compression != CompressionType.NONE) {
            writer.wrapInto(target, compression, codecs);
        }
    }
}
