package io.strikemq.parity.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;

/** Batches of an answer, field by field, and how many bytes of a cut batch stand behind them. */
final class BatchView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BatchView() {}

    static JsonNode of(ByteBuffer bytes) {
        ObjectNode view = JSON.objectNode();
        ArrayNode batches = view.putArray("batches");
        MemoryRecords records = MemoryRecords.readableRecords(bytes.duplicate());
        try {
            for (MutableRecordBatch batch : records.batches()) {
                batches.add(batch(batch));
            }
            view.put("bytesBehind", bytes.remaining() - records.validBytes());
        } catch (KafkaException e) {
            view.put("unreadable", e.getMessage());
        }
        return view;
    }

    private static ObjectNode batch(MutableRecordBatch batch) {
        ObjectNode node = JSON.objectNode();
        node.put("magic", batch.magic());
        node.put("baseOffset", batch.baseOffset());
        node.put("lastOffset", batch.lastOffset());
        node.put("codec", batch.compressionType().name);
        node.put("timestampType", batch.timestampType().name);
        node.put("maxTimestamp", batch.maxTimestamp());
        batch.deleteHorizonMs().ifPresent(horizon -> node.put("deleteHorizon", horizon));
        node.put("leaderEpoch", batch.partitionLeaderEpoch());
        node.put("producerId", batch.producerId());
        node.put("producerEpoch", batch.producerEpoch());
        node.put("baseSequence", batch.baseSequence());
        node.put("transactional", batch.isTransactional());
        node.put("control", batch.isControlBatch());
        ArrayNode records = node.putArray("records");
        for (Record record : batch) {
            records.add(record(record));
        }
        return node;
    }

    private static ObjectNode record(Record record) {
        ObjectNode node = JSON.objectNode();
        node.put("offset", record.offset());
        node.put("timestamp", record.timestamp());
        node.set("key", Values.shown(record.key()));
        node.set("value", Values.shown(record.value()));
        ArrayNode headers = node.putArray("headers");
        for (Header header : record.headers()) {
            ByteBuffer value = header.value() == null ? null : ByteBuffer.wrap(header.value());
            headers.addObject().put("key", header.key()).set("value", Values.shown(value));
        }
        return node;
    }
}
