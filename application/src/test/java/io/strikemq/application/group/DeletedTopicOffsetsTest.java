package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A topic that is created again has none of the offsets that were committed for the one before it. */
class DeletedTopicOffsetsTest {
    private static final TopicRef ORDERS = TopicRef.byName("orders");
    private static final UUID NEXT_ID = new UUID(8, 8);

    private final Coordinator coordinator = new Coordinator();

    @Test
    void offsetsOfADeletedTopicAreForgottenForEver() {
        coordinator.topics.addListener(new DeletedTopicOffsets(coordinator.groups));
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7));
        coordinator.deleteOrders();
        assertEquals(List.of(), coordinator.committed("g"));
        coordinator.restart();
        assertEquals(List.of(), coordinator.committed("g"));
    }

    @Test
    void aCommitWhileTheTopicIsDeletedIsRefused() {
        coordinator.topics.addListener(new DeletedTopicOffsets(coordinator.groups));
        coordinator.log.onPrepare(coordinator::deleteOrders);
        assertEquals(
                List.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7)));
        assertEquals(List.of(), coordinator.log.records());
        assertFalse(coordinator.inspection.exists("g"));
        coordinator.createOrders(NEXT_ID);
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
    }

    @Test
    void aCommitByTheIdOfATopicThatIsDeletedMeanwhileIsRefused() {
        coordinator.topics.addListener(new DeletedTopicOffsets(coordinator.groups));
        coordinator.log.onPrepare(coordinator::deleteOrders);
        assertEquals(
                List.of(ErrorCode.UNKNOWN_TOPIC_ID),
                coordinator.commit(
                        Coordinator.outsider("g"), Coordinator.offset(TopicRef.byId(Coordinator.TOPIC_ID), 0, 7)));
    }

    /** The groups are not told of the deletion: the broker died before that. */
    @Test
    void whatADeletionHadNoTimeToForgetIsForgottenAtTheNextStart() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7));
        coordinator.commit(Coordinator.outsider("g"), untilTomorrow());
        coordinator.deleteOrders();
        coordinator.restart();
        assertEquals(List.of(), coordinator.committed("g"));
        coordinator.createOrders(NEXT_ID);
        coordinator.restart();
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
        assertEquals(-1, coordinator.committed("g", ORDERS, 1).offset());
    }

    @Test
    void whatADeletionHadNoTimeToForgetIsNotShownForTheNextTopic() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7));
        coordinator.deleteOrders();
        coordinator.createOrders(NEXT_ID);
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
        coordinator.restart();
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
    }

    /** A listener that comes late, when the next topic has offsets already, takes those of its own topic alone. */
    @Test
    void theNextTopicKeepsItsOwn() {
        var before = coordinator.topics.find("orders").orElseThrow();
        coordinator.deleteOrders();
        coordinator.createOrders(NEXT_ID);
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 9));
        new DeletedTopicOffsets(coordinator.groups).topicDeleted(before);
        assertEquals(9, coordinator.committed("g", ORDERS, 0).offset());
    }

    @Test
    void commitsByNameAreLoggedWithTheTopicsId() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7));
        GroupRecord.Offset logged =
                (GroupRecord.Offset) coordinator.log.records().get(0);
        assertEquals(Coordinator.TOPIC_ID, logged.value().topicId());
    }

    @Test
    void aLogThatFailsWhileATopicIsDeletedDoesNotKeepItsOffsets() {
        coordinator.topics.addListener(new DeletedTopicOffsets(coordinator.groups));
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 7));
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        coordinator.deleteOrders();
        coordinator.log.repair();
        assertTrue(coordinator.committed("g").isEmpty());
        coordinator.createOrders(NEXT_ID);
        coordinator.restart();
        assertEquals(-1, coordinator.committed("g", ORDERS, 0).offset());
    }

    private static OffsetCommit untilTomorrow() {
        return new OffsetCommit(ORDERS, 1, 8, -1, "", -1, 86_400_000);
    }
}
