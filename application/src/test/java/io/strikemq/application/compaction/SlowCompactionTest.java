package io.strikemq.application.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.CleanerSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A compaction that is kept from being too fast, while the broker's clock stands still and real time ends its pauses. */
class SlowCompactionTest {
    private static final Duration BACKOFF = Duration.ofSeconds(15);
    private static final double BYTES_PER_SECOND = 1000;
    private static final int IO_BUFFER = 200;

    private final CompactedTopic topic = new CompactedTopic();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Runnable> paused = new ArrayDeque<>();

    private final class Standing implements Deadlines {
        @Override
        public Deadline schedule(Duration delay, Runnable action) {
            return topic.broker.time.schedule(delay, action);
        }

        @Override
        public Deadline pause(Duration delay, Runnable action) {
            pauses.add(delay);
            paused.add(action);
            return () -> paused.remove(action);
        }
    }

    @Test
    void itsPausesDoNotGrow() {
        RecordReader reader = new RecordReader(topic.broker.codecs);
        CleanerSettings slow = new CleanerSettings(true, BACKOFF, BYTES_PER_SECOND, 24 * 100, 0.9, IO_BUFFER);
        try (LogCompaction compaction = new LogCompaction(
                topic.broker.partitions,
                reader,
                topic.broker.codecs,
                () -> slow,
                topic.broker.time,
                new Standing(),
                Runnable::run)) {
            compaction.start();
            for (int i = 0; i < 40; i++) {
                topic.put("k" + i % 4, "" + i);
            }
            topic.roll();
            topic.put("z", "1");
            topic.broker.time.advance(BACKOFF);
            while (!paused.isEmpty()) {
                paused.poll().run();
            }
            assertEquals(5, topic.records().size());
            assertTrue(pauses.size() > 5, "took " + pauses);
            // What one step reads and writes: the buffer, and a batch that is larger.
            Duration longest = Duration.ofMillis((long) (4 * IO_BUFFER / BYTES_PER_SECOND * 1000));
            assertTrue(pauses.stream().allMatch(each -> each.compareTo(longest) <= 0), "took " + pauses);
        }
    }
}
