package io.strikemq.adapter.kafka.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.port.out.TransactionRecordFormat.KeyValue;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected bytes were written by the classes of Kafka 4.4.0 (kafka-transaction-coordinator). */
class KafkaTransactionRecordFormatTest {
    private static final String KEY = "0000" // kind
            + "000174"; // transactional id "t"
    private static final Set<TopicPartition> PARTITIONS =
            new LinkedHashSet<>(List.of(new TopicPartition("orders", 0), new TopicPartition("orders", 2)));
    private static final Transaction COMMITTING = transaction(
            new TransactionProducer(7, (short) 5, 6, 8, (short) 4),
            TransactionState.PREPARE_COMMIT,
            PARTITIONS,
            1000,
            TransactionVersion.V2);
    private static final TransactionProducer NEW_PRODUCER = new TransactionProducer(7, (short) 0, 7, -1, (short) -1);
    private static final Transaction EMPTY =
            transaction(NEW_PRODUCER, TransactionState.EMPTY, Set.of(), -1, TransactionVersion.V0);

    private final KafkaTransactionRecordFormat format = new KafkaTransactionRecordFormat();

    private static Transaction transaction(
            TransactionProducer producer,
            TransactionState state,
            Set<TopicPartition> partitions,
            long startMs,
            TransactionVersion version) {
        return new Transaction("t", producer, state, 60_000, partitions, startMs, 2000, version);
    }

    @Test
    void aTransactionOfVersion2HasItsIdsBeforeAndAfterInTaggedFields() {
        String value = "0001" // version
                + "0000000000000007" // producer id
                + "0005" // producer epoch
                + "0000ea60" // timeout
                + "02" // PrepareCommit
                + "02" // one topic
                + "076f7264657273" // "orders"
                + "03" // two partitions
                + "0000000000000002"
                + "00"
                + "00000000000007d0" // last update
                + "00000000000003e8" // start
                + "03" // three tagged fields
                + "0008" + "0000000000000006" // previous producer id
                + "0108" + "0000000000000008" // next producer id
                + "0202" + "0002"; // the client's version
        for (TransactionVersion server : TransactionVersion.values()) {
            assertWritten(value, COMMITTING, server);
        }
        assertReadAgain(
                transaction(
                        new TransactionProducer(7, (short) 5, 6, 8, (short) -1),
                        TransactionState.PREPARE_COMMIT,
                        PARTITIONS,
                        1000,
                        TransactionVersion.V2),
                TransactionVersion.V2);
    }

    @Test
    void anIdWithoutATransactionHasNoPartitions() {
        assertWritten(
                "0001" + "0000000000000007" + "0000" + "0000ea60" + "00" + "00" // no partitions
                        + "00000000000007d0" + "ffffffffffffffff" + "01" + "0008" + "0000000000000007",
                EMPTY,
                TransactionVersion.V1);
        assertReadAgain(EMPTY, TransactionVersion.V1);
    }

    @Test
    void aBrokerOfVersion0WritesAsOldBrokersDo() {
        assertWritten(
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "00" + "ffffffff" // no partitions
                        + "00000000000007d0" + "ffffffffffffffff",
                EMPTY,
                TransactionVersion.V0);
        Transaction ongoing =
                transaction(NEW_PRODUCER, TransactionState.ONGOING, PARTITIONS, 1000, TransactionVersion.V0);
        assertWritten(
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "01" + "00000001" + "00066f7264657273" + "00000002"
                        + "00000000" + "00000002" + "00000000000007d0" + "00000000000003e8",
                ongoing,
                TransactionVersion.V0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "ONGOING", "PREPARE_COMMIT", "PREPARE_ABORT", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void everyStateThatIsStoredIsReadAgain(TransactionState state) {
        boolean hasPartitions = state == TransactionState.ONGOING || state.isPrepared();
        assertReadAgain(
                transaction(NEW_PRODUCER, state, hasPartitions ? PARTITIONS : Set.of(), 1000, TransactionVersion.V2),
                TransactionVersion.V2);
    }

    @Test
    void aTombstoneHasNoValue() {
        KeyValue tombstone = format.encode(new TransactionRecord("t", null), TransactionVersion.V2);
        assertEquals(KEY, hex(tombstone.key()));
        assertEquals(Optional.of(new TransactionRecord("t", null)), format.decode(tombstone.key(), tombstone.value()));
    }

    @Test
    void recordsOfOtherKindsAreSkipped() {
        assertEquals(Optional.empty(), format.decode(bytes("0001000174"), bytes("0000")));
        assertEquals(Optional.empty(), format.decode(bytes("7fff"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7fff", // a version that nobody knows
                "0000" + "ffffffffffffffff" + "0000" + "0000ea60" + "00" + "ffffffff"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "ffff" + "0000ea60" + "00" + "ffffffff"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "0000" + "ffffffff" + "00" + "ffffffff"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "06" + "00000000"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "07" + "00000000"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "08" + "00000000"
                        + "0000000000000000ffffffffffffffff",
                "0000" + "0000000000000007" + "0000" + "0000ea60" + "01" + "ffffffff"
                        + "0000000000000000ffffffffffffffff"
            })
    void transactionsThatCannotBeAreRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> format.decode(bytes(KEY), bytes(value)));
    }

    @Test
    void damagedRecordsAreRefusedAtEveryLength() {
        KeyValue whole = format.encode(new TransactionRecord("t", COMMITTING), TransactionVersion.V2);
        for (int length = 0; length < whole.key().limit(); length++) {
            ByteBuffer cut = whole.key().slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(cut, whole.value()));
        }
        for (int length = 0; length < whole.value().limit(); length++) {
            ByteBuffer cut = whole.value().slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(whole.key(), cut));
        }
    }

    private void assertWritten(String value, Transaction transaction, TransactionVersion server) {
        KeyValue written = format.encode(new TransactionRecord("t", transaction), server);
        assertEquals(KEY, hex(written.key()));
        assertEquals(value, hex(written.value()));
    }

    private void assertReadAgain(Transaction transaction, TransactionVersion server) {
        TransactionRecord transactionRecord = new TransactionRecord("t", transaction);
        KeyValue written = format.encode(transactionRecord, server);
        assertEquals(Optional.of(transactionRecord), format.decode(written.key(), written.value()));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
