package io.strikemq.domain.record;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced.RecordError;
import io.strikemq.domain.record.ValidatedRecords.RefusedBy;
import io.strikemq.domain.topic.TopicSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What a topic demands of each record, checked in Kafka's order: a key where the topic is compacted, then a timestamp
 * within the limits. It collects the records that fail, and the first latest timestamp of all. For one produce request.
 */
final class RecordRules {
    private final boolean keysNeeded;
    private final boolean createTime;
    private final long beforeMaxMs;
    private final long afterMaxMs;
    private final long now;
    private List<RecordError> errors = List.of();
    private boolean badTimestamp;
    private long maxTimestamp = MessageFormat.NO_TIMESTAMP;
    private int indexOfMaxTimestamp;

    RecordRules(TopicSettings topic, long now) {
        this.keysNeeded = topic.isCompacted();
        this.createTime = topic.timestampType() == TimestampType.CREATE_TIME;
        this.beforeMaxMs = topic.timestampBeforeMaxMs();
        this.afterMaxMs = topic.timestampAfterMaxMs();
        this.now = now;
    }

    /** Checks a record; {@code source} is what its batch says about timestamps, null in format 0. */
    void check(int index, boolean hasKey, long timestamp, TimestampType source) {
        if (keysNeeded && !hasKey) {
            refuse(index, "Compacted topic cannot accept message without key");
        } else if (createTime && timestamp != MessageFormat.NO_TIMESTAMP) {
            long age = now - timestamp;
            if (age > beforeMaxMs || age < -afterMaxMs) {
                badTimestamp = true;
                refuse(
                        index,
                        "Timestamp " + timestamp + " of message with offset " + index
                                + " is out of range. The timestamp should be within ["
                                + (now - beforeMaxMs) + ", " + (now + afterMaxMs) + "]");
            }
        } else if (source == TimestampType.LOG_APPEND_TIME) {
            badTimestamp = true;
            refuse(index, "Invalid timestamp type: a producer should not set it to LogAppendTime");
        }
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
            indexOfMaxTimestamp = index;
        }
    }

    /** Marks a record as the reason for a refusal. */
    void refuse(int index, String message) {
        if (errors.isEmpty()) {
            errors = new ArrayList<>();
        }
        errors.add(new RecordError(index, message));
    }

    List<RecordError> errors() {
        return errors;
    }

    /** Refuses the batch because of the records that failed; a bad timestamp among the reasons names the error. */
    ValidatedRecords.Refused refusal() {
        if (badTimestamp) {
            return new ValidatedRecords.Refused(
                    ErrorCode.INVALID_TIMESTAMP,
                    "One or more records have been rejected due to invalid timestamp",
                    errors,
                    RefusedBy.LOG);
        }
        String message = "One or more records have been rejected due to " + errors.size()
                + " record errors in total, and only showing the first three errors at most: "
                + errors.stream().limit(3).map(RecordRules::shown).toList();
        return new ValidatedRecords.Refused(ErrorCode.INVALID_RECORD, message, errors, RefusedBy.LOG);
    }

    private static String shown(RecordError error) {
        return "RecordError(batchIndex=" + error.batchIndex() + ", message='" + error.message() + "')";
    }

    long maxTimestamp() {
        return maxTimestamp;
    }

    int indexOfMaxTimestamp() {
        return indexOfMaxTimestamp;
    }
}
