package io.strikemq.adapter.kafka.coordinator;

import io.strikemq.adapter.kafka.message.coordinator.TransactionLogKey;
import io.strikemq.adapter.kafka.message.coordinator.TransactionLogValue;
import io.strikemq.adapter.kafka.message.coordinator.TransactionLogValue.PartitionsSchema;
import io.strikemq.adapter.kafka.wire.MalformedMessageException;
import io.strikemq.adapter.kafka.wire.UnsupportedVersionException;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Transactions in the form of Kafka's {@code __transaction_state}.
 *
 * <p>A key is the kind of record (int16, 0) and the transactional id; a value is its version (int16) and the value's fields.
 * Both versions are read; {@code transaction.version} says which one is written. Version 0 has no place for the ids before
 * and after this one, nor for the client's version: what cannot do without is written in version 1 all the same. The last
 * epoch is in neither.
 */
public final class KafkaTransactionRecordFormat implements TransactionRecordFormat {
    private static final short KEY_VERSION = 0;
    private static final short FIRST_FLEXIBLE = 1;
    private static final short NO_EPOCH = -1;

    @Override
    public KeyValue encode(TransactionRecord transactionRecord, TransactionVersion server) {
        ByteBuffer key = CoordinatorBytes.prefixed(
                TransactionLogKey.RECORD_TYPE,
                TransactionLogKey.builder()
                        .transactionalId(transactionRecord.transactionalId())
                        .build(),
                KEY_VERSION);
        Transaction transaction = transactionRecord.value();
        if (transaction == null) {
            return new KeyValue(key, null);
        }
        short version = transaction.version().bumpsEpochs() ? FIRST_FLEXIBLE : server.logValueVersion();
        return new KeyValue(key, CoordinatorBytes.prefixed(version, value(transaction, version), version));
    }

    private static TransactionLogValue value(Transaction transaction, short version) {
        TransactionProducer producer = transaction.producer();
        TransactionLogValue.Builder value = TransactionLogValue.builder()
                .producerId(producer.id())
                .producerEpoch(producer.epoch())
                .transactionTimeoutMs(transaction.timeoutMs())
                .transactionStatus(transaction.state().id())
                .transactionPartitions(
                        transaction.is(TransactionState.EMPTY) ? null : partitions(transaction.partitions()))
                .transactionLastUpdateTimestampMs(transaction.updateMs())
                .transactionStartTimestampMs(transaction.startMs());
        return version < FIRST_FLEXIBLE
                ? value.build()
                : value.previousProducerId(producer.previousId())
                        .nextProducerId(producer.nextId())
                        .clientTransactionVersion(transaction.version().level())
                        .build();
    }

    private static List<PartitionsSchema> partitions(Set<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                    .add(partition.partition());
        }
        return byTopic.entrySet().stream()
                .map(entry -> PartitionsSchema.builder()
                        .topic(entry.getKey())
                        .partitionIds(entry.getValue())
                        .build())
                .toList();
    }

    @Override
    public Optional<TransactionRecord> decode(ByteBuffer key, ByteBuffer value) {
        try {
            WireReader in = new WireReader(key.duplicate());
            if (in.readShort() != TransactionLogKey.RECORD_TYPE) {
                return Optional.empty();
            }
            String id = TransactionLogKey.read(in, KEY_VERSION).transactionalId();
            if (value == null) {
                return Optional.of(new TransactionRecord(id, null));
            }
            WireReader body = new WireReader(value.duplicate());
            return Optional.of(
                    new TransactionRecord(id, transaction(id, TransactionLogValue.read(body, body.readShort()))));
        } catch (MalformedMessageException | UnsupportedVersionException e) {
            throw new IllegalArgumentException("not a record of __transaction_state: " + e.getMessage(), e);
        }
    }

    private static Transaction transaction(String id, TransactionLogValue value) {
        TransactionState state = TransactionState.ofId(value.transactionStatus())
                .orElseThrow(() -> new IllegalArgumentException(
                        "transaction " + id + " is in the unknown state " + value.transactionStatus()));
        boolean isStored = state != TransactionState.DEAD && state != TransactionState.PREPARE_EPOCH_FENCE;
        boolean hasPartitions = value.transactionPartitions() != null || state == TransactionState.EMPTY;
        if (id.isEmpty()
                || value.producerId() < 0
                || value.producerEpoch() < 0
                || value.transactionTimeoutMs() < 0
                || !isStored
                || !hasPartitions) {
            throw new IllegalArgumentException("transaction '" + id + "' cannot be: " + value);
        }
        return new Transaction(
                id,
                new TransactionProducer(
                        value.producerId(),
                        value.producerEpoch(),
                        value.previousProducerId(),
                        value.nextProducerId(),
                        NO_EPOCH),
                state,
                value.transactionTimeoutMs(),
                state == TransactionState.EMPTY ? Set.of() : partitions(value.transactionPartitions()),
                value.transactionStartTimestampMs(),
                value.transactionLastUpdateTimestampMs(),
                TransactionVersion.of(value.clientTransactionVersion()));
    }

    private static Set<TopicPartition> partitions(List<PartitionsSchema> byTopic) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        for (PartitionsSchema topic : byTopic) {
            for (int partition : topic.partitionIds()) {
                partitions.add(new TopicPartition(topic.topic(), partition));
            }
        }
        return partitions;
    }
}
