package io.strikemq.application.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogDirsTest {
    private final OneBroker broker = new OneBroker();
    private final LogDirs dirs = new LogDirs(broker.logs, broker.partitions, Runnable::run);

    @BeforeEach
    void fill() {
        broker.topic("small", 2);
        broker.topic("large", 11);
        broker.produce("small", 1, "x");
        broker.produce("large", 10, "x".repeat(1000));
    }

    @Test
    void allLogsAreToldOfInOrderUsedOrNot() {
        LogDir dir = dirs.allLogs(OneBroker.CLIENT).toCompletableFuture().join();

        assertEquals(LogVolume.MEMORY, dir.volume());
        assertEquals(13, dir.logs().size());
        assertEquals(new TopicPartition("large", 0), dir.logs().get(0).partition());
        assertEquals(new TopicPartition("large", 2), dir.logs().get(2).partition());
        assertEquals(0, dir.logs().get(0).sizeInBytes());
        assertTrue(dir.logs().get(10).sizeInBytes() > 1000);
        assertEquals(new TopicPartition("small", 1), dir.logs().get(12).partition());
        assertTrue(dir.logs().get(12).sizeInBytes() > 61, "a header and a record");
    }

    @Test
    void whatIsAskedForIsToldOfOnceAndWhatIsNotThereLeftOut() {
        TopicPartition small = new TopicPartition("small", 0);
        TopicPartition large = new TopicPartition("large", 3);
        List<TopicPartition> asked =
                List.of(small, new TopicPartition("small", 2), large, new TopicPartition("no", 0), small);

        assertEquals(List.of(large, small), names(of(asked)));
        assertEquals(List.of(), names(of(List.of())));
    }

    @Test
    void aLogThatCannotBeReadIsLeftOutAndNamed() {
        broker.logs.fillDisk();
        try (LogLines log = new LogLines(LogDirs.class)) {
            assertEquals(List.of(), names(of(List.of(new TopicPartition("small", 1)))));
            assertEquals(1, log.records().size());
            assertTrue(log.records().get(0).getMessage().contains("small-1"));
        }
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsLeftOut() {
        List<Runnable> later = new ArrayList<>();
        CompletableFuture<LogDir> answer = new LogDirs(broker.logs, broker.partitions, later::add)
                .logsOf(OneBroker.CLIENT, List.of(new TopicPartition("small", 1), new TopicPartition("large", 1)))
                .toCompletableFuture();
        assertFalse(answer.isDone(), "the caller does not wait for the disk");
        Topic small = broker.partition("small", 1).topic();
        broker.topics.delete(small);

        later.forEach(Runnable::run);
        assertEquals(List.of(new TopicPartition("large", 1)), names(answer.join()));
    }

    private LogDir of(List<TopicPartition> partitions) {
        return dirs.logsOf(OneBroker.CLIENT, partitions).toCompletableFuture().join();
    }

    private static List<TopicPartition> names(LogDir dir) {
        return dir.logs().stream().map(LogDir.LogSize::partition).toList();
    }
}
