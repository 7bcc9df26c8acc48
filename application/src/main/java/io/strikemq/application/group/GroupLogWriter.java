package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorErrors;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes one group to the log. What goes wrong there, expected or not, is an error code for the group's members. */
final class GroupLogWriter {
    private static final Logger LOG = System.getLogger(GroupLogWriter.class.getName());

    private final String groupId;
    private final GroupLog log;

    GroupLogWriter(String groupId, GroupLog log) {
        this.groupId = groupId;
        this.log = log;
    }

    /** What became of the group, all or none. */
    ErrorCode group(List<GroupRecord> records) {
        return append(records);
    }

    /** Committed offsets, all or none. */
    ErrorCode offsets(Map<TopicPartition, CommittedOffset> committed) {
        return append(records(committed));
    }

    /** Offsets of a producer's transaction, all or none. */
    Written offsets(Map<TopicPartition, CommittedOffset> pending, ProducerIdentity producer, TransactionGuard guard) {
        return append(() -> log.append(records(pending), producer, guard));
    }

    /** What became of an append: {@code at} is where it lies, null with an error. */
    record Written(ErrorCode error, LogPosition at) {}

    private List<GroupRecord> records(Map<TopicPartition, CommittedOffset> offsets) {
        List<GroupRecord> records = new ArrayList<>();
        offsets.forEach((partition, offset) -> records.add(new GroupRecord.Offset(groupId, partition, offset)));
        return records;
    }

    /** The end of these offsets. */
    ErrorCode offsetsGone(List<TopicPartition> partitions) {
        return partitions.isEmpty() ? ErrorCode.NONE : append(tombstones(partitions));
    }

    /** The end of the group, of which these records tell, and of these offsets, which are all it has. */
    ErrorCode groupGone(List<GroupRecord> end, List<TopicPartition> partitions) {
        List<GroupRecord> tombstones = tombstones(partitions);
        tombstones.addAll(end);
        return append(tombstones);
    }

    private List<GroupRecord> tombstones(List<TopicPartition> partitions) {
        List<GroupRecord> tombstones = new ArrayList<>();
        partitions.forEach(partition -> tombstones.add(new GroupRecord.Offset(groupId, partition, null)));
        return tombstones;
    }

    private ErrorCode append(List<GroupRecord> records) {
        return append(() -> {
                    log.append(records);
                    return null;
                })
                .error();
    }

    private Written append(Supplier<LogPosition> append) {
        try {
            return new Written(ErrorCode.NONE, append.get());
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, "Group " + Printable.name(groupId) + " could not be stored: " + e.getMessage());
            return new Written(CoordinatorErrors.afterFailedAppend(e.error()), null);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Group " + Printable.name(groupId) + " could not be stored", e);
            return new Written(ErrorCode.UNKNOWN_SERVER_ERROR, null);
        }
    }
}
