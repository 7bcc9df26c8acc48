package io.strikemq.domain.produce;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.Objects;

/**
 * What became of the records for one partition.
 *
 * @param error          NONE when they are in the log
 * @param baseOffset     the first record's offset, also of a duplicate (its original one); -1 after an error
 * @param logAppendTime  in ms, where the topic stamps records itself; -1 otherwise
 * @param logStartOffset of the partition; -1 after an error
 * @param recordErrors   which records were the reason, by their index in the batch (KIP-467); mostly empty
 * @param message        one sentence about the error; null without one
 */
public record PartitionProduced(
        TopicRef topic,
        int partition,
        ErrorCode error,
        long baseOffset,
        long logAppendTime,
        long logStartOffset,
        List<RecordError> recordErrors,
        String message) {
    public PartitionProduced {
        Objects.requireNonNull(error, "error");
        recordErrors = List.copyOf(recordErrors);
    }

    /** A record that was refused, by its index in the batch; the message may be null. */
    public record RecordError(int batchIndex, String message) {}

    /** The records are in the log. */
    public static PartitionProduced appended(
            TopicRef topic, int partition, long baseOffset, long logAppendTime, long logStartOffset) {
        return new PartitionProduced(
                topic, partition, ErrorCode.NONE, baseOffset, logAppendTime, logStartOffset, List.of(), null);
    }

    /** The records were refused; the message may be null. */
    public static PartitionProduced refused(TopicRef topic, int partition, ErrorCode error, String message) {
        return new PartitionProduced(topic, partition, error, -1, -1, -1, List.of(), message);
    }
}
