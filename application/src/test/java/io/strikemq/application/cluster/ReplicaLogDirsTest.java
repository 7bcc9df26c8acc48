package io.strikemq.application.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaLogDirsTest {
    private final OneBroker broker = new OneBroker();
    private final ReplicaLogDirs dirs = new ReplicaLogDirs(broker.logs, broker.partitions);

    @Test
    void aLogCanStayInItsDirectoryAndGoToNoOther() {
        broker.topic("t", 1);
        String here = LogVolume.MEMORY.directory();

        assertEquals(ErrorCode.NONE, moved("t", 0, here));
        assertEquals(ErrorCode.LOG_DIR_NOT_FOUND, moved("t", 0, "/elsewhere"));
        assertEquals(ErrorCode.LOG_DIR_NOT_FOUND, moved("t", 0, here + "/"));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, moved("t", 1, here));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, moved("u", 0, here));
        assertEquals(ErrorCode.LOG_DIR_NOT_FOUND, moved("u", 0, "/elsewhere"), "the directory is looked at first");
    }

    private ErrorCode moved(String topic, int partition, String directory) {
        TopicPartition name = new TopicPartition(topic, partition);
        return dirs.move(OneBroker.CLIENT, Map.of(name, directory)).get(name);
    }
}
