package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every form of group records has to do. */
public abstract class GroupRecordFormatContractTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

    /** The format under test. */
    protected abstract GroupRecordFormat format();

    @Test
    void recordsAreReadAsTheyWereWritten() {
        for (GroupRecord each : List.of(offset(), group(), emptyGroup())) {
            KeyValue bytes = format().encode(each);
            assertEquals(Optional.of(each), format().decode(bytes.key(), bytes.value()));
        }
    }

    @Test
    void tombstonesHaveNoValue() {
        for (GroupRecord each :
                List.of(new GroupRecord.Offset("g", PARTITION, null), new ClassicGroupRecord("g", null))) {
            KeyValue bytes = format().encode(each);
            assertNull(bytes.value());
            assertEquals(Optional.of(each), format().decode(bytes.key(), null));
        }
    }

    @Test
    void aLaterRecordOfTheSameThingHasTheSameKey() {
        assertEquals(
                format().encode(offset()).key(),
                format().encode(new GroupRecord.Offset("g", PARTITION, null)).key());
        assertEquals(
                format().encode(group()).key(), format().encode(emptyGroup()).key());
    }

    @Test
    void buffersAreNotMovedAndMayBeReusedAfterwards() {
        KeyValue bytes = format().encode(group());
        ByteBuffer value = ByteBuffer.allocate(bytes.value().remaining())
                .put(bytes.value().duplicate())
                .flip();
        Optional<GroupRecord> read = format().decode(bytes.key(), value);
        assertEquals(0, value.position());
        while (value.hasRemaining()) {
            value.put((byte) 0);
        }
        assertEquals(Optional.of(group()), read);
    }

    private static GroupRecord offset() {
        return new GroupRecord.Offset("g", PARTITION, new CommittedOffset(42, 5, "note", 1000, -1, new UUID(1, 2)));
    }

    private static GroupRecord group() {
        GroupSnapshot.Member member = new GroupSnapshot.Member(
                "m-1",
                null,
                "client",
                "/127.0.0.1",
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                ByteBuffer.wrap(new byte[] {1, 2}),
                ByteBuffer.wrap(new byte[] {3}));
        return new ClassicGroupRecord(
                "g", new GroupSnapshot("g", "consumer", "range", 7, "m-1", 1000, List.of(member)));
    }

    private static GroupRecord emptyGroup() {
        return new ClassicGroupRecord("g", new GroupSnapshot("g", "consumer", null, 8, null, -1, List.of()));
    }
}
