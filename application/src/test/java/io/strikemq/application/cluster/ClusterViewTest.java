package io.strikemq.application.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.cluster.ClusterDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
    @Test
    void theClusterIsDescribedAsItIs() {
        ClusterView view = new ClusterView("AAAAAAAAAAAAAAAAAAAAAA", List.of(3, 4), 4);
        assertEquals(
                new ClusterDescription("AAAAAAAAAAAAAAAAAAAAAA", 4, List.of(3, 4)),
                new ClusterDirectory(view).describe());
    }

    @Test
    void theControllerIsOneOfTheBrokers() {
        assertThrows(IllegalArgumentException.class, () -> new ClusterView("x", List.of(0), 1));
        assertThrows(IllegalArgumentException.class, () -> new ClusterView("x", List.of(), 1));
    }
}
