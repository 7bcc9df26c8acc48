package io.strikemq.application.produce;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.produce.VerifiedRecords.Admitted;
import io.strikemq.application.produce.VerifiedRecords.Refused;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the partitions verified whose records are of a transaction, before any of it is appended (KIP-890), in Kafka's
 * order: a transactional id, one producer, then each partition that has the transaction not open yet.
 */
final class TransactionalProduce {
    private static final Logger LOG = System.getLogger(TransactionalProduce.class.getName());

    private final Partitions partitions;
    private final TransactionVerification verification;

    TransactionalProduce(Partitions partitions, TransactionVerification verification) {
        this.partitions = partitions;
        this.verification = verification;
    }

    /** Whether the records are of a transaction; looks at the first batch alone, and only at its header. */
    static boolean isTransactional(PartitionRecords records) {
        return records.records() != null && RecordBatches.beginsTransactional(records.records());
    }

    /**
     * What may be appended of these, in their order. Complete at once unless the coordinator takes its time; the records
     * must stay valid until then.
     */
    CompletionStage<List<VerifiedRecords>> verify(ProduceCommand command, List<PartitionRecords> all) {
        if (command.transaction() == null) {
            return refuseAll(all, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, null);
        }
        Map<TopicPartition, Pending> pending = new LinkedHashMap<>();
        ProducerIdentity producer = null;
        for (PartitionRecords records : all) {
            Partition partition = partitions.find(records.topic(), records.partition());
            if (partition == null || !isTransactional(records)) {
                continue;
            }
            RecordBatch batch = firstBatch(records);
            if (!batch.hasProducer()) {
                continue;
            }
            if (producer != null && !producer.equals(batch.producer())) {
                return refuseAll(
                        all,
                        ErrorCode.INVALID_PRODUCER_ID_MAPPING,
                        "Transactional records contained more than one producer ID");
            }
            producer = batch.producer();
            pending.put(partition.name(), new Pending(partition, records, batch.baseSequence()));
        }
        return verify(command.transaction(), producer, all, pending);
    }

    private static RecordBatch firstBatch(PartitionRecords records) {
        return new RecordBatch(records.records(), records.records().position());
    }

    /** A partition whose transaction is to be verified, and what came of it. */
    private static final class Pending {
        final Partition partition;
        final PartitionRecords records;
        final int baseSequence;
        TransactionGuard guard = TransactionGuard.NOT_NEEDED;
        Refused refused;

        Pending(Partition partition, PartitionRecords records, int baseSequence) {
            this.partition = partition;
            this.records = records;
            this.baseSequence = baseSequence;
        }

        void begin(ProducerIdentity producer, boolean producerBumpsEpochs) {
            try {
                guard = partition.beginVerification(producer, baseSequence, producerBumpsEpochs);
            } catch (BrokerException e) {
                refused = Refused.of(records, e.error(), null);
            }
        }

        boolean isAsked() {
            return refused == null && guard != TransactionGuard.NOT_NEEDED;
        }

        VerifiedRecords outcome() {
            return refused == null ? new Admitted(guard) : refused;
        }
    }

    private CompletionStage<List<VerifiedRecords>> verify(
            Transaction transaction,
            ProducerIdentity producer,
            List<PartitionRecords> all,
            Map<TopicPartition, Pending> pending) {
        List<TopicPartition> asked = new ArrayList<>();
        pending.forEach((name, partition) -> {
            partition.begin(producer, transaction.addsByProducing());
            if (partition.isAsked()) {
                asked.add(name);
            }
        });
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(outcomes(all, pending));
        }
        AddPartitionsCommand question = transaction.question(producer, asked);
        return verification.verify(question).handle((answers, failure) -> {
            if (failure != null) {
                LOG.log(Level.ERROR, "A bug: the verification of " + question + " failed", failure);
            }
            for (TopicPartition name : asked) {
                ErrorCode error = failure == null ? answers.get(name) : ErrorCode.UNKNOWN_SERVER_ERROR;
                if (error != ErrorCode.NONE) {
                    Pending refused = pending.get(name);
                    refused.refused = refusal(refused.records, error, transaction.support());
                }
            }
            return outcomes(all, pending);
        });
    }

    private List<VerifiedRecords> outcomes(List<PartitionRecords> all, Map<TopicPartition, Pending> pending) {
        List<VerifiedRecords> outcomes = new ArrayList<>(all.size());
        for (PartitionRecords records : all) {
            Partition partition = partitions.find(records.topic(), records.partition());
            Pending verified = partition == null ? null : pending.get(partition.name());
            outcomes.add(verified == null ? new Admitted(TransactionGuard.NOT_NEEDED) : verified.outcome());
        }
        return outcomes;
    }

    /** What a client hears instead of the coordinator's own error: older ones know fewer of them. */
    private static Refused refusal(PartitionRecords records, ErrorCode error, TransactionSupport support) {
        return switch (error) {
            case PRODUCER_FENCED -> Refused.of(records, ErrorCode.INVALID_PRODUCER_EPOCH, null);
            case TRANSACTION_ABORTABLE ->
                support == TransactionSupport.PARTITIONS_ADDED_BEFORE
                        ? notAdded(records)
                        : Refused.of(records, error, null);
            case INVALID_TXN_STATE -> notAdded(records);
            case CONCURRENT_TRANSACTIONS ->
                support == TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING
                        ? Refused.of(records, error, null)
                        : tryAgain(records, error);
            case NETWORK_EXCEPTION, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR ->
                tryAgain(records, error);
            default -> Refused.of(records, error, null);
        };
    }

    private static Refused notAdded(PartitionRecords records) {
        return Refused.of(records, ErrorCode.INVALID_TXN_STATE, "Partition was not added to the transaction");
    }

    /** A code that every client takes as a reason to try again without looking for another leader. */
    private static Refused tryAgain(PartitionRecords records, ErrorCode error) {
        return Refused.of(
                records,
                ErrorCode.NOT_ENOUGH_REPLICAS,
                "Unable to verify the partition has been added to the transaction. Underlying error: " + error);
    }

    private static CompletionStage<List<VerifiedRecords>> refuseAll(
            List<PartitionRecords> all, ErrorCode error, String message) {
        List<VerifiedRecords> refused = new ArrayList<>(all.size());
        for (PartitionRecords records : all) {
            refused.add(Refused.of(records, error, message));
        }
        return CompletableFuture.completedFuture(refused);
    }
}
