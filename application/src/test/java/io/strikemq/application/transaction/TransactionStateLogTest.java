package io.strikemq.application.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransactionStateLogTest {
    private static final int TRANSACTIONAL = 0x10;

    private final OneBroker broker = new OneBroker();
    private final TransactionStateLog log = new TransactionStateLog(
            internalTopics(),
            broker.topics,
            broker.partitions,
            new PlainFormat(),
            () -> TransactionVersion.V2,
            broker.codecs,
            broker.time);
    private final List<String> skipped = new ArrayList<>();

    private InternalTopics internalTopics() {
        ClusterView cluster = new ClusterView(new ClusterDescription("aaaaaaaaaaaaaaaaaaaaaA", 0, List.of(0)));
        TopicPlanner planner = new TopicPlanner(
                broker.topics, cluster, TopicDefaults.DEFAULT, new TopicConfigs(Map.of()), new FixedIdentifiers(1));
        return new InternalTopics(broker.topics, planner, TopicDefaults.DEFAULT);
    }

    /** The id and its epoch as text. */
    private static final class PlainFormat implements TransactionRecordFormat {
        @Override
        public KeyValue encode(TransactionRecord transactionRecord, TransactionVersion server) {
            Transaction value = transactionRecord.value();
            return new KeyValue(
                    bytes(transactionRecord.transactionalId()),
                    value == null ? null : bytes("" + value.producer().epoch()));
        }

        @Override
        public Optional<TransactionRecord> decode(ByteBuffer key, ByteBuffer value) {
            String id = text(key);
            if (id.equals("odd")) {
                return Optional.empty();
            }
            return Optional.of(
                    value == null ? new TransactionRecord(id, null) : transaction(id, Short.parseShort(text(value))));
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TransactionRecord transaction(String id, int epoch) {
        TransactionProducer producer = new TransactionProducer(7, (short) epoch, 7, -1, (short) -1);
        return new TransactionRecord(
                id, new Transaction(id, producer, TransactionState.EMPTY, 1, Set.of(), -1, 0, TransactionVersion.V0));
    }

    @Test
    void whatWasAppendedIsReplayedInOrder() {
        log.prepare();
        List<TransactionRecord> records = List.of(
                transaction("t", 0), transaction("t", 1), new TransactionRecord("t", null), transaction("t", 2));
        records.forEach(log::append);
        assertEquals(records, replayed());
        assertEquals(0, log.coordinatorEpoch("t"));
    }

    @Test
    void everyIdLivesInThePartitionThatKafkaChooses() {
        log.prepare();
        log.append(transaction("my-transactional-id", 0));
        int expected = Math.abs("my-transactional-id".hashCode()) % 50;
        for (int i = 0; i < 50; i++) {
            assertEquals(i == expected ? 1 : 0, partition(i).end().highWatermark());
        }
        log.append(transaction("polygenelubricants", 0));
        assertEquals(1, partition(0).end().highWatermark(), "its hash code is the smallest int");
    }

    @Test
    void withoutTheTopicThereIsNothingToReplayAndNowhereToAppend() {
        assertEquals(List.of(), replayed());
        BrokerException refused = assertThrows(BrokerException.class, () -> log.append(transaction("t", 0)));
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, refused.error());
    }

    @Test
    void whatLiesInAPartitionOfOtherIdsIsOlder() {
        log.prepare();
        int home = Math.abs("t".hashCode()) % 50;
        log.append(transaction("t", 5));
        for (int other : new int[] {home - 1, home + 1}) {
            append(partition(other), new RecordBatchBuilder().append(0, bytes("t"), bytes("1")), 0);
        }
        assertEquals(
                List.of(transaction("t", 1), transaction("t", 5), transaction("t", 1), transaction("t", 5)),
                replayed(),
                "what is at home once more, behind what lies elsewhere");
    }

    @Test
    void whatCannotBeReadIsNamedOnceAndTheRestIsRead() {
        log.prepare();
        Partition partition = partition(Math.abs("t".hashCode()) % 50);
        append(partition, new RecordBatchBuilder().append(0, bytes("t"), bytes("1")), 0);
        append(partition, new RecordBatchBuilder().append(0, null, bytes("1")), 0);
        append(partition, new RecordBatchBuilder().append(0, bytes("odd"), bytes("1")), 0);
        append(partition, new RecordBatchBuilder().append(0, bytes("t"), bytes("no number")), 0);
        append(partition, new RecordBatchBuilder().append(0, bytes("t"), bytes("8")), TRANSACTIONAL);
        append(partition, new RecordBatchBuilder().append(0, bytes("t"), bytes("2")), 0);
        assertEquals(List.of(transaction("t", 1), transaction("t", 2)), replayed());
        String name = partition.name().toString();
        assertEquals(
                List.of(
                        "record 1 of " + name + ": it has no key",
                        "record 2 of " + name + ": its kind is not known here",
                        "record 3 of " + name + ": For input string: \"no number\"",
                        "batch 4 of " + name + ": it is part of a transaction, and the coordinator writes without one"),
                skipped);
    }

    @Test
    void aCoordinatorStartsWithWhatCanBeReadAndSaysHowMuchIsMissing() {
        log.prepare();
        append(partition(0), new RecordBatchBuilder().append(0, bytes("odd"), null), 0);
        log.append(transaction("t", 3));
        var foundation = new CoordinatedTransactions.Foundation(
                log, new RememberedMarkers(), () -> TransactionVersion.V2, () -> 1, Runnable::run);
        CoordinatedTransactions transactions =
                new CoordinatedTransactions(TransactionSettings.DEFAULT, foundation, broker.time, broker.time);
        try (LogLines lines = new LogLines(LoadedTransactions.class)) {
            transactions.load();
            assertEquals(2, lines.records().size());
        }
        assertEquals(1, transactions.all().size());
    }

    private Partition partition(int number) {
        return broker.partitions.find(new TopicPartition(Topic.TRANSACTION_STATE, number));
    }

    private void append(Partition partition, RecordBatchBuilder builder, int attributes) {
        ByteBuffer bytes = builder.build(broker.codecs);
        bytes.putShort(BatchLayout.ATTRIBUTES, (short) attributes);
        bytes.putInt(BatchLayout.CRC, (int) BatchLayout.crc(bytes, 0, bytes.remaining()));
        partition.append(new RecordBatch(bytes, 0));
    }

    private List<TransactionRecord> replayed() {
        skipped.clear();
        List<TransactionRecord> found = new ArrayList<>();
        log.replay(new TransactionLog.Visitor() {
            @Override
            public void found(TransactionRecord transactionRecord) {
                found.add(transactionRecord);
            }

            @Override
            public void skipped(String what, String why) {
                skipped.add(what + ": " + why);
            }
        });
        return found;
    }
}
