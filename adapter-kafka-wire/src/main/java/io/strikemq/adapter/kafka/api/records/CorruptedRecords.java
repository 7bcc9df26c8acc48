package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.message.FetchResponse;
import io.strikemq.adapter.kafka.message.FetchResponse.FetchableTopicResponse;
import io.strikemq.adapter.kafka.message.FetchResponse.PartitionData;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.adapter.kafka.wire.WireSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts damage in an answer to a fetch: of the first batch of a partition a copy is sent, in which the last bit is wrong. Its
 * CRC covers that. What lies in the log stays as it is.
 */
final class CorruptedRecords {
    /** A batch, and a message of the old formats, begins with its offset and the length of what follows. */
    private static final int LENGTH_AT = 8;

    private static final int HEADER = 12;

    private CorruptedRecords() {}

    static FetchResponse in(FetchResponse answer, RowVisitor wanted) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        for (FetchableTopicResponse topic : answer.responses()) {
            wanted.enter();
            wanted.topic(topic.topic());
            wanted.topicId(topic.topicId());
            List<PartitionData> partitions = new ArrayList<>();
            for (PartitionData partition : topic.partitions()) {
                wanted.enter();
                wanted.partition(partition.partitionIndex());
                partitions.add(wanted.leave() ? corrupted(partition) : partition);
            }
            wanted.leave();
            topics.add(topic.toBuilder().partitions(partitions).build());
        }
        return answer.toBuilder().responses(topics).build();
    }

    private static PartitionData corrupted(PartitionData partition) {
        int size = partition.records() == null ? 0 : WireSize.total(partition.records());
        if (size <= HEADER) {
            return partition;
        }
        return partition.toBuilder()
                .records(corrupted(partition.records(), size))
                .build();
    }

    private static List<ByteBuffer> corrupted(List<ByteBuffer> records, int size) {
        ByteBuffer all = ByteBuffer.allocate(size);
        records.forEach(buffer -> all.put(buffer.duplicate()));
        int batch = HEADER + all.getInt(LENGTH_AT);
        int last = (batch > HEADER ? Math.min(batch, size) : size) - 1;
        all.put(last, (byte) (all.get(last) ^ 1));
        return List.of(all.flip());
    }
}
