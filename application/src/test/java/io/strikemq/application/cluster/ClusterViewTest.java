package io.strikemq.application.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void partitionsTakeTurnsAmongTheBrokers() {
        ClusterView cluster = new ClusterView(new ClusterDescription(ID, 4, List.of(3, 4)));
        Topic topic = new Topic("t", new UUID(1, 1), 3, (short) 2, Map.of());

        assertEquals(
                List.of(
                        new PartitionListing(0, 3, 0, List.of(3, 4)),
                        new PartitionListing(1, 4, 0, List.of(4, 3)),
                        new PartitionListing(2, 3, 0, List.of(3, 4))),
                cluster.partitions(topic));
    }

    @Test
    void theControllerIsOneOfTheBrokers() {
        assertThrows(IllegalArgumentException.class, () -> new ClusterDescription(ID, 1, List.of(0)));
        assertThrows(IllegalArgumentException.class, () -> new ClusterDescription(ID, 1, List.of()));
    }
}
