package io.strikemq.application.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.log.RecordsCompacted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactNowTest {
    private final CompactedTopic topic = new CompactedTopic();

    @Test
    void ofEachKeyTheLastRecordStaysAtItsOffset() {
        topic.append(topic.batch().keyed("a", "1").keyed("b", "1").keyed("a", "2"));
        topic.append(topic.batch().keyed("c", "1").keyed("b", "2"));
        RecordsCompacted compacted = topic.compactNow();

        assertEquals(List.of("2 a=2", "3 c=1", "4 b=2"), topic.records());
        assertEquals(5, compacted.compactedTo());
        assertEquals(5, compacted.recordsBefore());
        assertEquals(3, compacted.recordsAfter());
        assertEquals(5, topic.put("a", "3"));
        assertEquals(List.of("2 a=2", "3 c=1", "4 b=2", "5 a=3"), topic.records());
    }

    @Test
    void aTombstoneStaysForAsLongAsItIsToAndThenGoes() {
        topic.compaction(new CompactionSettings(0.5, 0, Long.MAX_VALUE, 60_000));
        topic.put("a", "1");
        topic.put("a", null);
        topic.put("b", "1");
        topic.compactNow();
        assertEquals(List.of("1 a=null", "2 b=1"), topic.records());

        topic.broker.time.advance(Duration.ofMillis(59_999));
        topic.compactNow();
        assertEquals(List.of("1 a=null", "2 b=1"), topic.records());

        topic.broker.time.advance(Duration.ofMillis(1));
        topic.compactNow();
        assertEquals(List.of("2 b=1"), topic.records());
    }
}
