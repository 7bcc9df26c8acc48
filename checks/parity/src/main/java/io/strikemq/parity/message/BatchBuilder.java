package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Batches by Kafka's own builder. A list of records is one batch; {@code {records: […], codec, magic, producerId,
 * producerEpoch, baseSequence, transactional, control, timestampType, baseOffset, patch, sealed, cut, more}} says more of it,
 * and a list of those is several. In the end {@code patch: {17: 5}} sets single bytes, whatever that breaks;
 * {@code sealed: true} makes the checksum right again, so that what is behind it is looked at; {@code cut: 1} takes bytes
 * away at the end, and {@code more: 1} adds some.
 */
final class BatchBuilder {
    private static final int MAGIC = 16;
    private static final int CHECKSUM = 17;
    private static final int OLD_CHECKSUM = 12;

    private BatchBuilder() {}

    static ByteBuffer batches(JsonNode value) {
        if (value.isArray() && value.size() > 0 && value.get(0).has("records")) {
            List<ByteBuffer> all = new ArrayList<>();
            value.forEach(batch -> all.add(batch(batch, batch.get("records"))));
            ByteBuffer joined = ByteBuffer.allocate(
                    all.stream().mapToInt(ByteBuffer::remaining).sum());
            all.forEach(joined::put);
            return joined.flip();
        }
        return value.isArray() ? batch(value, value) : batch(value, value.get("records"));
    }

    private static ByteBuffer batch(JsonNode batch, JsonNode records) {
        CompressionType codec = CompressionType.forName(batch.path("codec").asText("none"));
        TimestampType timestampType =
                TimestampType.forName(batch.path("timestampType").asText("CreateTime"));
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                buffer,
                (byte) batch.path("magic").asInt(2),
                Compression.of(codec).build(),
                timestampType,
                batch.path("baseOffset").asLong(0),
                batch.path("logAppendTime").asLong(-1),
                batch.path("producerId").asLong(-1),
                (short) batch.path("producerEpoch").asInt(-1),
                batch.path("baseSequence").asInt(-1),
                batch.path("transactional").asBoolean(false),
                batch.path("control").asBoolean(false),
                batch.path("leaderEpoch").asInt(-1));
        records.forEach(record -> append(builder, record));
        builder.close();
        ByteBuffer bytes = builder.build().buffer().duplicate();
        batch.path("patch")
                .properties()
                .forEach(patch -> bytes.put(Integer.parseInt(patch.getKey()), (byte)
                        patch.getValue().asInt()));
        if (batch.path("sealed").asBoolean()) {
            seal(bytes);
        }
        int length = bytes.limit() - batch.path("cut").asInt(0);
        int more = batch.path("more").asInt(0);
        return ByteBuffer.wrap(Arrays.copyOf(bytes.array(), length + more), 0, length + more);
    }

    private static void seal(ByteBuffer batch) {
        boolean isOld = batch.get(MAGIC) < RecordBatch.MAGIC_VALUE_V2;
        Checksum checksum = isOld ? new CRC32() : new CRC32C();
        int at = isOld ? OLD_CHECKSUM : CHECKSUM;
        checksum.update(batch.array(), at + Integer.BYTES, batch.limit() - at - Integer.BYTES);
        batch.putInt(at, (int) checksum.getValue());
    }

    private static void append(MemoryRecordsBuilder builder, JsonNode record) {
        long timestamp = record.path("timestamp").asLong(1_600_000_000_000L);
        if (record.has("marker")) {
            ControlRecordType type =
                    ControlRecordType.valueOf(record.path("marker").asText());
            builder.appendEndTxnMarker(timestamp, new EndTransactionMarker(type, 0));
            return;
        }
        List<Header> headers = new ArrayList<>();
        record.path("headers")
                .properties()
                .forEach(header -> headers.add(new RecordHeader(header.getKey(), bytes(header.getValue()))));
        builder.append(
                timestamp, bytes(record.path("key")), bytes(record.path("value")), headers.toArray(Header[]::new));
    }

    private static byte[] bytes(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.has("size")) {
            return new byte[value.get("size").asInt()];
        }
        ByteBuffer text = Values.text(value);
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        return bytes;
    }
}
