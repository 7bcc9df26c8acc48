package io.strikemq.domain.group.consumer.assignor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RangeAssignorTest {
    private static final UUID ORDERS = new UUID(0, 1);
    private static final UUID PAYMENTS = new UUID(0, 2);

    private final Assignor assignor = new RangeAssignor();

    @Test
    void aGroupWithoutMembersGetsNothing() {
        assertEquals(Map.of(), assignor.assign(new GroupSpec(List.of(), SubscriptionType.HOMOGENEOUS, Map.of())));
    }

    @Test
    void topicsWithAsManyPartitionsAreSplitAlike() {
        GroupSpec group = new GroupSpec(
                List.of(member("b", null, ORDERS, PAYMENTS), member("a", null, ORDERS, PAYMENTS)),
                SubscriptionType.HOMOGENEOUS,
                Map.of(ORDERS, 5, PAYMENTS, 5));
        assertEquals(
                Map.of(
                        "a", Map.of(ORDERS, Set.of(0, 1, 2), PAYMENTS, Set.of(0, 1, 2)),
                        "b", Map.of(ORDERS, Set.of(3, 4), PAYMENTS, Set.of(3, 4))),
                assignor.assign(group));
    }

    @Test
    void staticMembersComeFirstByTheirInstanceIds() {
        GroupSpec group = new GroupSpec(
                List.of(member("a", null, ORDERS), member("b", "two", ORDERS), member("c", "one", ORDERS)),
                SubscriptionType.HOMOGENEOUS,
                Map.of(ORDERS, 4));
        assertEquals(
                Map.of(
                        "c", Map.of(ORDERS, Set.of(0, 1)),
                        "b", Map.of(ORDERS, Set.of(2)),
                        "a", Map.of(ORDERS, Set.of(3))),
                assignor.assign(group));
    }

    @Test
    void aTopicIsDealtAmongItsSubscribersOnly() {
        GroupSpec group = new GroupSpec(
                List.of(member("a", null, ORDERS), member("b", null, ORDERS, PAYMENTS), member("c", null)),
                SubscriptionType.HETEROGENEOUS,
                Map.of(ORDERS, 1, PAYMENTS, 2));
        assertEquals(
                Map.of("a", Map.of(ORDERS, Set.of(0)), "b", Map.of(PAYMENTS, Set.of(0, 1)), "c", Map.of()),
                assignor.assign(group));
    }

    @Test
    void aTopicThatIsNotThereIsAnError() {
        for (SubscriptionType type : SubscriptionType.values()) {
            GroupSpec group = new GroupSpec(List.of(member("a", null, PAYMENTS)), type, Map.of(ORDERS, 1));
            assertEquals(
                    "Member is subscribed to a non-existent topic",
                    assertThrows(PartitionAssignorException.class, () -> assignor.assign(group))
                            .getMessage());
        }
    }

    private static MemberSpec member(String memberId, String instanceId, UUID... wanted) {
        return new MemberSpec(memberId, instanceId, Set.of(wanted), Map.of());
    }
}
