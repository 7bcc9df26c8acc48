package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownConversionTest {
    private final NativeCodecs codecs = new NativeCodecs();
    private final DownConversion conversion = new DownConversion(new RecordReader(codecs), codecs);

    @Test
    void controlBatchesAreLeftOut() {
        ByteBuffer marker = batch(0).control().build(codecs);
        ByteBuffer data = batch(1).build(codecs);
        assertEquals(List.of(1L), offsets(conversion.convert(List.of(marker, data), (byte) 1, 0)));
    }

    @Test
    void zstdIsRefusedWhereItComesFirst() {
        ByteBuffer zstd = batch(0).compression(CompressionType.ZSTD).build(codecs);
        BrokerException refused =
                assertThrows(BrokerException.class, () -> conversion.convert(List.of(zstd), (byte) 1, 0));
        assertEquals(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, refused.error());
    }

    @Test
    void whatLiesBeforeZstdIsStillRead() {
        ByteBuffer plain = batch(0).build(codecs);
        ByteBuffer zstd = batch(1).compression(CompressionType.ZSTD).build(codecs);
        assertEquals(List.of(0L), offsets(conversion.convert(List.of(plain, zstd), (byte) 0, 0)));
    }

    @Test
    void aDamagedBatchGetsNoNewCrc() {
        ByteBuffer whole = batch(0).build(codecs);
        ByteBuffer damaged = batch(1).build(codecs);
        damaged.put(damaged.limit() - 2, (byte) 99);
        assertEquals(List.of(0L), offsets(conversion.convert(List.of(whole, damaged), (byte) 1, 0)));
        BrokerException refused =
                assertThrows(BrokerException.class, () -> conversion.convert(List.of(damaged), (byte) 1, 1));
        assertEquals(ErrorCode.CORRUPT_MESSAGE, refused.error());
    }

    private static RecordBatchBuilder batch(long offset) {
        return new RecordBatchBuilder().at(offset, 0).append(5, null, ByteBuffer.allocate(3));
    }

    private static List<Long> offsets(ByteBuffer messages) {
        return KafkaBatches.read(messages).stream().map(Record::offset).toList();
    }
}
