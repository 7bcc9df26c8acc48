package io.strikemq.application.deletion;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Deletes records on worker threads, where nobody else waits for the disk: a partition at a time, so that a request that
 * names many of them does not keep others waiting.
 */
public final class RecordDeletions implements DeleteRecords {
    private static final Logger LOG = System.getLogger(RecordDeletions.class.getName());

    private final Partitions partitions;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public RecordDeletions(Partitions partitions, Executor workers) {
        this.partitions = partitions;
        this.workers = workers;
    }

    @Override
    public CompletionStage<List<RecordsDeleted>> deleteRecords(RequestContext context, List<RecordDeletion> deletions) {
        CompletableFuture<List<RecordsDeleted>> answer = new CompletableFuture<>();
        deleteNext(deletions, new ArrayList<>(deletions.size()), answer);
        return answer;
    }

    private void deleteNext(
            List<RecordDeletion> all, List<RecordsDeleted> done, CompletableFuture<List<RecordsDeleted>> answer) {
        if (done.size() == all.size()) {
            answer.complete(done);
            return;
        }
        workers.execute(() -> {
            done.add(deleteGuarded(all.get(done.size())));
            deleteNext(all, done, answer);
        });
    }

    private RecordsDeleted deleteGuarded(RecordDeletion deletion) {
        try {
            return delete(deletion);
        } catch (BrokerException e) {
            if (e.error() == ErrorCode.KAFKA_STORAGE_ERROR) {
                LOG.log(Level.WARNING, "No records of " + deletion.partition() + " are deleted: " + e.getMessage());
            }
            return RecordsDeleted.refused(deletion.partition(), e.error());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A bug: " + deletion + " failed", e);
            return RecordsDeleted.refused(deletion.partition(), ErrorCode.UNKNOWN_SERVER_ERROR);
        }
    }

    private RecordsDeleted delete(RecordDeletion deletion) {
        Partition partition = partitions.find(deletion.partition());
        ErrorCode refusal = partition == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : refusalOf(partition);
        if (refusal != ErrorCode.NONE) {
            return RecordsDeleted.refused(deletion.partition(), refusal);
        }
        long highWatermark = partition.end().highWatermark();
        long offset = deletion.beforeOffset() == RecordDeletion.ALL ? highWatermark : deletion.beforeOffset();
        if (offset < 0 || offset > highWatermark) {
            return RecordsDeleted.refused(deletion.partition(), ErrorCode.OFFSET_OUT_OF_RANGE);
        }
        partition.deleteBefore(offset);
        return new RecordsDeleted(deletion.partition(), ErrorCode.NONE, partition.startOffset());
    }

    private ErrorCode refusalOf(Partition partition) {
        if (partition.topic().isInternal()) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        TopicSettings settings = partitions.settings(partition);
        boolean keepsLastOfEachKey =
                settings.isCompacted() && !settings.cleanupPolicies().contains("delete");
        return keepsLastOfEachKey ? ErrorCode.POLICY_VIOLATION : ErrorCode.NONE;
    }
}
