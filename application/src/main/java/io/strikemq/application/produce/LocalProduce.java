package io.strikemq.application.produce;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionAppend;
import io.strikemq.application.partition.PartitionAppend.Appended;
import io.strikemq.application.partition.PartitionAppend.Duplicate;
import io.strikemq.application.partition.PartitionAppend.Refused;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.ValidatedRecords;
import io.strikemq.domain.record.ValidatedRecords.Accepted;
import io.strikemq.domain.record.ValidatedRecords.RefusedBy;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Produces to partitions whose logs are here: once they are open, and the codecs in use were loaded, everything happens
 * on the calling thread, and the answer is complete when the call returns. All replicas that there are being in sync, acks=all waits for nothing more than acks=1.
 */
public final class LocalProduce implements ProduceRecords {
    private static final Logger LOG = System.getLogger(LocalProduce.class.getName());
    /** The client id of Kafka's own admin tools, which alone may produce to internal topics. */
    private static final String ADMIN_CLIENT_ID = "__admin_client";

    private static final Set<ErrorCode> EXPECTED =
            EnumSet.of(ErrorCode.CORRUPT_MESSAGE, ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.RECORD_LIST_TOO_LARGE);

    private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

    private final Partitions partitions;
    private final ProduceValidation validation;
    private final TransactionalProduce transactions;
    private final Clock clock;

    public LocalProduce(
            Partitions partitions, ProduceValidation validation, TransactionVerification verification, Clock clock) {
        this.partitions = partitions;
        this.validation = validation;
        this.transactions = new TransactionalProduce(partitions, verification);
        this.clock = clock;
    }

    @Override
    public CompletionStage<List<PartitionProduced>> produce(RequestContext context, ProduceCommand command) {
        List<PartitionRecords> once = eachOnce(command.partitions());
        List<Partition> unopened = List.of();
        boolean usesNewCodec = false;
        for (PartitionRecords records : once) {
            Partition partition = partitions.find(records.topic(), records.partition());
            unopened = Partitions.withUnopened(unopened, partition);
            usesNewCodec |=
                    partition != null && validation.usesNewCodec(records.records(), partitions.settings(partition));
        }
        if (unopened.isEmpty() && !usesNewCodec) {
            return hasTransactional(once)
                    ? produceVerified(context, command, once)
                    : CompletableFuture.completedFuture(produceAll(context, command, once));
        }
        List<PartitionRecords> copies =
                once.stream().map(PartitionRecords::copy).toList();
        return hasTransactional(once)
                ? later(unopened, () -> produceVerified(context, command, copies))
                        .thenCompose(Function.identity())
                : later(unopened, () -> produceAll(context, command, copies));
    }

    private <T> CompletionStage<T> later(List<Partition> unopened, Supplier<T> work) {
        return unopened.isEmpty() ? partitions.onWorker(work) : partitions.whenOpen(unopened, work);
    }

    private static boolean hasTransactional(List<PartitionRecords> all) {
        for (PartitionRecords records : all) {
            if (TransactionalProduce.isTransactional(records)) {
                return true;
            }
        }
        return false;
    }

    /** Of a transaction, only what was verified; with copies if the coordinator answers after this call. */
    private CompletionStage<List<PartitionProduced>> produceVerified(
            RequestContext context, ProduceCommand command, List<PartitionRecords> all) {
        CompletableFuture<List<VerifiedRecords>> verified =
                transactions.verify(command, all).toCompletableFuture();
        if (verified.isDone()) {
            return verified.thenApply(records -> produceAdmitted(context, command, all, records));
        }
        List<PartitionRecords> copies = all.stream().map(PartitionRecords::copy).toList();
        return verified.thenApply(records -> produceAdmitted(context, command, copies, records));
    }

    private List<PartitionProduced> produceAdmitted(
            RequestContext context,
            ProduceCommand command,
            List<PartitionRecords> all,
            List<VerifiedRecords> verified) {
        List<PartitionProduced> results = new ArrayList<>(all.size());
        for (int i = 0; i < verified.size(); i++) {
            VerifiedRecords each = verified.get(i);
            if (each instanceof VerifiedRecords.Refused refused) {
                results.add(refused.answer());
            } else if (each instanceof VerifiedRecords.Admitted admitted) {
                results.add(produceOne(context, command, all.get(i), admitted.guard()));
            } else {
                throw new IllegalStateException("unexpected " + each);
            }
        }
        return results;
    }

    private List<PartitionProduced> produceAll(
            RequestContext context, ProduceCommand command, List<PartitionRecords> all) {
        List<PartitionProduced> results = new ArrayList<>(all.size());
        for (PartitionRecords records : all) {
            results.add(produceOne(context, command, records, TransactionGuard.NOT_NEEDED));
        }
        return results;
    }

    /** Kafka takes only the last records of a partition that is named twice, and answers for it once. */
    private static List<PartitionRecords> eachOnce(List<PartitionRecords> partitions) {
        if (partitions.size() < 2) {
            return partitions;
        }
        Map<PartitionName, PartitionRecords> last = new LinkedHashMap<>();
        partitions.forEach(records -> last.put(new PartitionName(records.topic(), records.partition()), records));
        return List.copyOf(last.values());
    }

    private record PartitionName(TopicRef topic, int partition) {}

    private PartitionProduced produceOne(
            RequestContext context, ProduceCommand command, PartitionRecords records, TransactionGuard guard) {
        try {
            return tryProduce(context, command, records, guard);
        } catch (BrokerException e) {
            return refused(records, e.error(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "A bug: producing to partition " + records.partition() + " of " + records.topic() + " for client '"
                            + Printable.name(context.clientId()) + "' failed",
                    e);
            return refused(records, ErrorCode.UNKNOWN_SERVER_ERROR, null);
        }
    }

    private PartitionProduced tryProduce(
            RequestContext context, ProduceCommand command, PartitionRecords records, TransactionGuard guard) {
        Partition partition = partitions.find(records.topic(), records.partition());
        if (partition == null) {
            return refused(records, partitions.absence(records.topic()), null);
        }
        Topic topic = partition.topic();
        if (topic.isInternal() && !context.clientId().equals(ADMIN_CLIENT_ID)) {
            return refused(
                    records, ErrorCode.INVALID_TOPIC_EXCEPTION, "Topic '" + topic.name() + "' is the broker's own.");
        }
        ByteBuffer bytes = records.records() == null ? NO_RECORDS : records.records();
        ValidatedRecords checked =
                validation.validate(bytes, command.formats(), partitions.settings(partition), clock.wallClockMillis());
        if (checked instanceof Accepted accepted) {
            return append(records, partition, accepted, guard);
        }
        if (checked instanceof ValidatedRecords.Refused refused) {
            return refused(records, partition, refused);
        }
        if (checked instanceof ValidatedRecords.Empty) {
            return PartitionProduced.appended(records.topic(), records.partition(), -1, -1, partition.startOffset());
        }
        throw new IllegalStateException("unexpected " + checked);
    }

    private static PartitionProduced append(
            PartitionRecords records, Partition partition, Accepted accepted, TransactionGuard guard) {
        PartitionAppend result = partition.append(accepted.batch(), guard);
        if (result instanceof Appended appended) {
            return PartitionProduced.appended(
                    records.topic(),
                    records.partition(),
                    appended.baseOffset(),
                    accepted.logAppendTime(),
                    appended.logStartOffset());
        }
        if (result instanceof Duplicate duplicate) {
            return PartitionProduced.appended(
                    records.topic(),
                    records.partition(),
                    duplicate.first().baseOffset(),
                    duplicate.first().maxTimestamp(),
                    duplicate.logStartOffset());
        }
        if (result instanceof Refused refused) {
            return refused(records, refused);
        }
        throw new IllegalStateException("unexpected " + result);
    }

    /** What is known of the producer says no. */
    private static PartitionProduced refused(PartitionRecords records, Refused refused) {
        return new PartitionProduced(
                records.topic(),
                records.partition(),
                refused.reason().error(),
                -1,
                -1,
                refused.logStartOffset(),
                List.of(),
                refused.reason().message());
    }

    /** Kafka answers the log start offset, but for what it expects of clients: batches that are damaged or too large. */
    private static PartitionProduced refused(
            PartitionRecords records, Partition partition, ValidatedRecords.Refused refused) {
        boolean isExpected = refused.by() == RefusedBy.REQUEST || EXPECTED.contains(refused.error());
        long logStartOffset = isExpected ? -1 : partition.startOffset();
        return new PartitionProduced(
                records.topic(),
                records.partition(),
                refused.error(),
                -1,
                -1,
                logStartOffset,
                refused.recordErrors(),
                refused.message());
    }

    private static PartitionProduced refused(PartitionRecords records, ErrorCode error, String message) {
        return PartitionProduced.refused(records.topic(), records.partition(), error, message);
    }
}
