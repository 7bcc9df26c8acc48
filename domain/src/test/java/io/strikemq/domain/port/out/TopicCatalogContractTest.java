package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link TopicCatalog} does. */
public abstract class TopicCatalogContractTest {
    private static final Topic ORDERS =
            new Topic("orders", new UUID(1, -2), 3, (short) 1, Map.of("retention.ms", "-1", "a.b", "a=b\n \u00fc"));
    private static final Topic LONG_NAME = new Topic("x".repeat(249), new UUID(3, 4), 1, (short) 2, Map.of());

    /** The catalog as a process finds it that starts now; the first one in a test is empty. */
    protected abstract TopicCatalog restart();

    @Test
    void anEmptyCatalogHasNoTopics() {
        assertEquals(List.of(), restart().load());
    }

    @Test
    void topicsAreThereAgainAfterARestart() {
        TopicCatalog catalog = restart();
        catalog.save(ORDERS);
        catalog.save(LONG_NAME);

        assertEquals(Set.of(ORDERS, LONG_NAME), Set.copyOf(catalog.load()));
        assertEquals(Set.of(ORDERS, LONG_NAME), Set.copyOf(restart().load()));
    }

    @Test
    void aTopicReplacesTheOneOfTheSameName() {
        restart().save(ORDERS);
        restart().save(ORDERS.withPartitionCount(7).withConfigs(Map.of()));

        assertEquals(
                List.of(ORDERS.withPartitionCount(7).withConfigs(Map.of())),
                restart().load());
    }

    @Test
    void aTopicWhoseDeletionWasBegunIsGone() {
        TopicCatalog catalog = restart();
        catalog.save(ORDERS);
        catalog.save(LONG_NAME);

        catalog.beginDeletion(ORDERS);

        assertEquals(List.of(LONG_NAME), catalog.load());
        assertEquals(List.of(LONG_NAME), restart().load());
    }

    @Test
    void theNameOfADeletedTopicIsFreeWhileItsDeletionLasts() {
        TopicCatalog catalog = restart();
        Topic successor = new Topic("orders", new UUID(5, 6), 1, (short) 1, Map.of());
        catalog.save(ORDERS);
        catalog.beginDeletion(ORDERS);

        catalog.save(successor);
        catalog.finishDeletion(ORDERS);
        catalog.finishDeletion(ORDERS);

        assertEquals(List.of(successor), catalog.load());
        assertEquals(List.of(successor), restart().load());
    }

    @Test
    void namesThatLookLikeFilesAreNamesLikeAnyOther() {
        TopicCatalog catalog = restart();
        for (String name : List.of("a.tmp", "a", "a.topic", "...", ".a", "-", "__consumer_offsets")) {
            catalog.save(new Topic(name, new UUID(7, name.hashCode()), 1, (short) 1, Map.of()));
        }

        assertEquals(7, restart().load().size());
    }
}
