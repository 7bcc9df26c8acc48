package io.strikemq.application.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.strikemq.application.LogLines;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.topic.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class TopicRegistryTest {
    private static final Topic ORDERS = new Topic("orders", new UUID(1, 1), 3, (short) 1, Map.of());
    private static final BrokerException FULL = new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "full");

    private final TopicCatalog catalog = mock(TopicCatalog.class);
    private final TopicListener first = mock(TopicListener.class);
    private final TopicListener second = mock(TopicListener.class);
    private final TopicRegistry registry = new TopicRegistry(catalog);

    @BeforeEach
    void createATopic() {
        registry.addListener(first);
        registry.addListener(second);
        registry.create(ORDERS);
    }

    /** Two requests may have looked at the same time, and have found nothing in their way. */
    @Test
    void ofNamesThatDifferInDotAndUnderscoreOneIsCreated() {
        registry.create(new Topic("a.b", new UUID(2, 2), 1, (short) 1, Map.of()));
        Topic late = new Topic("a_b", new UUID(3, 3), 1, (short) 1, Map.of());

        BrokerException refused = assertThrows(BrokerException.class, () -> registry.create(late));

        assertEquals(ErrorCode.INVALID_TOPIC_EXCEPTION, refused.error());
        verify(catalog, never()).save(late);
        registry.create(late, Set.of("a.b", "a_b"));
        assertEquals(Optional.of(late), registry.find("a_b"));
    }

    @Test
    void aDeletionIsInTheCatalogBeforeAnyDataIsDeletedAndForgottenAfterAllOfItIs() {
        assertTrue(registry.delete(ORDERS));

        InOrder order = inOrder(catalog, first, second);
        order.verify(catalog).beginDeletion(ORDERS);
        order.verify(first).topicDeleted(ORDERS);
        order.verify(second).topicDeleted(ORDERS);
        order.verify(first).deleteData(ORDERS);
        order.verify(second).deleteData(ORDERS);
        order.verify(catalog).finishDeletion(ORDERS);
    }

    @Test
    void aTopicWhoseDeletionTheCatalogDoesNotTakeIsAsItWas() {
        doThrow(FULL).when(catalog).beginDeletion(ORDERS);

        assertEquals(FULL, assertThrows(BrokerException.class, () -> registry.delete(ORDERS)));

        assertEquals(Optional.of(ORDERS), registry.find("orders"));
        verify(first, never()).topicDeleted(any());
    }

    @Test
    void aDeletionThatFailsInTheMiddleIsOneAndIsLeftForTheNextStart() {
        doThrow(FULL).when(first).deleteData(ORDERS);

        try (LogLines log = new LogLines(TopicRegistry.class)) {
            assertTrue(registry.delete(ORDERS));
            assertEquals(1, log.records().size());
        }

        assertEquals(Optional.empty(), registry.find("orders"));
        verify(second).deleteData(ORDERS);
        verify(catalog, never()).finishDeletion(any());
    }

    @Test
    void aBugInAListenerKeepsNoOtherFromHearingOfADeletion() {
        doThrow(new IllegalStateException("a bug")).when(first).topicDeleted(ORDERS);

        try (LogLines log = new LogLines(TopicRegistry.class)) {
            assertTrue(registry.delete(ORDERS));
            assertEquals("a bug", log.records().get(0).getThrown().getMessage());
        }

        verify(second).topicDeleted(ORDERS);
    }

    @Test
    void aTopicThatTheCatalogDoesNotTakeIsNotThere() {
        Topic other = new Topic("other", new UUID(2, 2), 1, (short) 1, Map.of());
        doThrow(FULL).when(catalog).save(other);

        assertEquals(FULL, assertThrows(BrokerException.class, () -> registry.create(other)));

        assertEquals(Optional.empty(), registry.find("other"));
        verify(first, never()).topicOpened(other);
    }
}
