package io.strikemq.application.topic;

import static io.strikemq.application.topic.TopicFixture.ANYONE;
import static io.strikemq.domain.error.ErrorCode.INVALID_REQUEST;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.TOPIC_DELETION_DISABLED;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_ID;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicDeletionTest {
    private final TopicFixture broker = TopicFixture.usual();
    private final Topic orders = broker.existing("orders", 3);
    private final TopicRef byName = TopicRef.byName("orders");
    private final TopicRef byId = TopicRef.byId(orders.id());

    @Test
    void aTopicIsDeletedByNameAndTheAnswerTellsItsId() {
        assertEquals(List.of(new TopicOutcome(byName, "orders", orders.id(), 3, NONE, null)), delete(byName));
        assertTrue(broker.registry.all().isEmpty());
        assertTrue(broker.catalog.load().isEmpty());
    }

    @Test
    void aTopicIsDeletedByIdAndTheAnswerTellsItsName() {
        assertEquals(List.of(new TopicOutcome(byId, "orders", orders.id(), 3, NONE, null)), delete(byId));
    }

    @Test
    void aTopicThatIsCreatedAgainHasAnotherId() {
        delete(byName);
        assertNotEquals(orders.id(), broker.existing("orders", 3).id());
        assertEquals(List.of(UNKNOWN_TOPIC_ID), errors(byId));
    }

    @Test
    void whatDoesNotExistIsUnknown() {
        assertEquals(
                List.of(UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, UNKNOWN_TOPIC_OR_PARTITION, NONE),
                errors(TopicRef.byName("nope"), TopicRef.byId(new UUID(1, 2)), TopicRef.byName("b/ad"), byName));
    }

    @Test
    void aRepeatedNameOrIdHasOneRowAndDeletesNothing() {
        assertEquals(List.of(INVALID_REQUEST), errors(byName, byName));
        assertEquals(List.of(INVALID_REQUEST), errors(byId, byId));
        assertTrue(broker.registry.find("orders").isPresent());
    }

    @Test
    void aTopicThatIsNamedByNameAndIdHasTheRowOfTheName() {
        List<TopicOutcome> outcomes = delete(byId, byName);
        assertEquals(List.of(byName), outcomes.stream().map(TopicOutcome::ref).toList());
        assertEquals(INVALID_REQUEST, outcomes.get(0).error());
        assertTrue(broker.registry.find("orders").isPresent());
    }

    @Test
    void internalTopicsCanBeDeleted() {
        broker.internalTopics.ensureConsumerOffsets();
        assertEquals(List.of(NONE), errors(TopicRef.byName(Topic.CONSUMER_OFFSETS)));
        assertFalse(broker.registry.find(Topic.CONSUMER_OFFSETS).isPresent());
    }

    @Test
    void whereDeletionIsDisabledNothingIsDeleted() {
        TopicFixture careful =
                new TopicFixture(new TopicDefaults(true, 1, (short) 1, false, 50, 50, 1 << 20, 1 << 20, Map.of()), 0);
        careful.existing("orders", 1);
        assertEquals(
                TOPIC_DELETION_DISABLED,
                careful.deletion.delete(ANYONE, List.of(byName)).get(0).error());
        assertTrue(careful.registry.find("orders").isPresent());
    }

    private List<TopicOutcome> delete(TopicRef... refs) {
        return broker.deletion.delete(ANYONE, List.of(refs));
    }

    private List<ErrorCode> errors(TopicRef... refs) {
        return delete(refs).stream().map(TopicOutcome::error).toList();
    }
}
