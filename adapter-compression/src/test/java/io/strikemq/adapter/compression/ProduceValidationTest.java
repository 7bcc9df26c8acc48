package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced.RecordError;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.ProduceValidation;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.record.ValidatedRecords;
import io.strikemq.domain.record.ValidatedRecords.Accepted;
import io.strikemq.domain.record.ValidatedRecords.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProduceValidationTest {
    private static final long NOW = 1_700_000_000_000L;

    private final NativeCodecs codecs = new NativeCodecs();
    private final ProduceValidation validation = new ProduceValidation(new RecordReader(codecs, 1 << 20), codecs);

    @Test
    void aSoundBatchStaysWhereItIs() {
        ByteBuffer network = ByteBuffer.allocateDirect(1000).position(100);
        network.put(twoRecords().build(codecs)).flip().position(100);
        Accepted accepted = accept(network, Topics.create());
        accepted.batch().assign(1234, 5);
        assertEquals(1234, network.getLong(100));
        assertEquals(100, network.position());
        assertEquals(1, accepted.offsetDeltaOfMaxTimestamp());
        assertEquals(NOW + 5, accepted.maxTimestamp());
        assertEquals(-1, accepted.logAppendTime());
    }

    @Test
    void aTopicThatStampsRecordsItselfStampsTheBatchInPlace() {
        ByteBuffer produced = twoRecords().build(codecs);
        Accepted accepted = accept(produced, Topics.create().logAppendTime());
        assertEquals(NOW, accepted.logAppendTime());
        assertEquals(TimestampType.LOG_APPEND_TIME, accepted.batch().timestampType());
        assertEquals(NOW, accepted.batch().maxTimestamp());
        assertTrue(BatchLayout.crcMatches(produced, 0, produced.limit()));
    }

    @Test
    void eachRecordWithoutAKeyIsNamedWhereTheTopicIsCompacted() {
        ByteBuffer produced = new RecordBatchBuilder()
                .append(NOW, null, text("a"))
                .append(NOW, text("k"), text("b"))
                .append(NOW, null, text("c"))
                .build(codecs);
        Refused refused = refuse(produced, Formats.V2, Topics.create().compacted());
        assertEquals(ErrorCode.INVALID_RECORD, refused.error());
        assertEquals(
                List.of(0, 2),
                refused.recordErrors().stream().map(RecordError::batchIndex).toList());
    }

    @Test
    void aTimestampOutOfRangeNamesTheErrorEvenBesideOtherFaults() {
        ByteBuffer produced = new RecordBatchBuilder()
                .append(NOW, null, text("a"))
                .append(NOW + 10_000, text("k"), text("b"))
                .build(codecs);
        Refused refused =
                refuse(produced, Formats.V2, Topics.create().compacted().timestampsWithin(1000, 1000));
        assertEquals(ErrorCode.INVALID_TIMESTAMP, refused.error());
        assertEquals(2, refused.recordErrors().size());
    }

    @Test
    void zstdNeedsProduceVersion7() {
        ByteBuffer produced = twoRecords().compression(CompressionType.ZSTD).build(codecs);
        assertEquals(
                ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                refuse(produced, Formats.V2_WITHOUT_ZSTD, Topics.create()).error());
        accept(produced, Topics.create());
    }

    @Test
    void theTopicsOwnCompressionIsAppliedAndTheProducerIsKept() {
        ByteBuffer produced = twoRecords()
                .compression(CompressionType.GZIP)
                .producer(new ProducerIdentity(9, (short) 2), 40)
                .transactional()
                .build(codecs);
        Accepted accepted = accept(produced, Topics.create().compression("lz4"));
        assertEquals(CompressionType.LZ4, accepted.batch().compression());
        assertEquals(new ProducerIdentity(9, (short) 2), accepted.batch().producer());
        assertEquals(40, accepted.batch().baseSequence());
        assertEquals(41, accepted.batch().lastSequence());
        assertTrue(accepted.batch().isTransactional());
        assertEquals(2, accepted.batch().recordCount());
    }

    @Test
    void aBatchThatDecompressesToTooMuchIsTooLarge() {
        ByteBuffer produced = new RecordBatchBuilder()
                .compression(CompressionType.GZIP)
                .append(NOW, null, ByteBuffer.allocate(2 << 20))
                .build(codecs);
        assertEquals(
                ErrorCode.MESSAGE_TOO_LARGE,
                refuse(produced, Formats.V2, Topics.create()).error());
    }

    @Test
    void aBatchLargerThanASegmentIsRefusedAsKafkaDoes() {
        assertEquals(
                ErrorCode.RECORD_LIST_TOO_LARGE,
                refuse(twoRecords().build(codecs), Formats.V2, Topics.create().segmentBytes(70))
                        .error());
    }

    @Test
    void nothingIsAFaultInNewRequestsOnly() {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        assertEquals(
                ErrorCode.INVALID_RECORD,
                refuse(nothing, Formats.V2, Topics.create()).error());
        assertEquals(
                ErrorCode.INVALID_RECORD,
                refuse(null, Formats.V2, Topics.create()).error());
        assertInstanceOf(
                ValidatedRecords.Empty.class,
                validation.validate(nothing, Formats.ANY, Topics.create().build(), NOW));
    }

    @Test
    void payloadsThatDoNotDecompressAreInvalid() {
        ByteBuffer produced = twoRecords().compression(CompressionType.LZ4).build(codecs);
        produced.put(BatchLayout.HEADER_SIZE, (byte) 0);
        produced.putInt(BatchLayout.CRC, (int) BatchLayout.crc(produced, 0, produced.limit()));
        assertEquals(
                ErrorCode.INVALID_RECORD,
                refuse(produced, Formats.V2, Topics.create()).error());
    }

    private static RecordBatchBuilder twoRecords() {
        return new RecordBatchBuilder()
                .append(NOW, text("k"), text("first"))
                .append(NOW + 5, text("k"), text("second"));
    }

    private Accepted accept(ByteBuffer produced, Topics topic) {
        return assertInstanceOf(Accepted.class, validation.validate(produced, Formats.V2, topic.build(), NOW));
    }

    private Refused refuse(ByteBuffer produced, Formats formats, Topics topic) {
        return assertInstanceOf(Refused.class, validation.validate(produced, formats, topic.build(), NOW));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
