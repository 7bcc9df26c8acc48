package io.strikemq.adapter.compression;

import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records made up from a seed: null and empty keys, tombstones, headers, timestamps that go back and forth. */
final class RandomRecords {
    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** At least one record, with offsets from {@code baseOffset} on. */
    List<Record> from(long baseOffset) {
        return list(baseOffset, true);
    }

    /** The same, without headers. */
    List<Record> withoutHeaders(long baseOffset) {
        return list(baseOffset, false);
    }

    private List<Record> list(long baseOffset, boolean withHeaders) {
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 6);
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new Record(
                    baseOffset + i, timestamp(), bytes(40), bytes(300), withHeaders ? headers() : List.of()));
        }
        return records;
    }

    private long timestamp() {
        return random.nextInt(20) == 0 ? -1 : 1_700_000_000_000L + random.nextInt(1 << random.nextInt(30));
    }

    private List<RecordHeader> headers() {
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(new RecordHeader("Überschrift-" + random.nextInt(3), bytes(80)));
        }
        return headers;
    }

    private ByteBuffer bytes(int most) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(most)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(20);
        }
        return ByteBuffer.wrap(bytes);
    }
}
