package io.strikemq.domain.group.consumer.assignor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UniformAssignorTest {
    private static final UUID ORDERS = new UUID(0, 1);
    private static final UUID PAYMENTS = new UUID(0, 2);

    private final Assignor assignor = new UniformAssignor();

    @Test
    void aGroupWithoutMembersGetsNothing() {
        assertEquals(Map.of(), assignor.assign(homogeneous(Map.of(ORDERS, 3))));
    }

    @Test
    void membersWithoutSubscriptionsGetNothing() {
        MemberSpec idle = new MemberSpec("a", null, Set.of(), Map.of(ORDERS, Set.of(0)));
        assertEquals(Map.of("a", Map.of()), assignor.assign(homogeneous(Map.of(ORDERS, 3), idle)));
    }

    @Test
    void theLastMembersHaveOneMoreWherePartitionsDoNotDivide() {
        GroupSpec group = homogeneous(
                Map.of(ORDERS, 4, PAYMENTS, 1), newcomer("a", ORDERS, PAYMENTS), newcomer("b", ORDERS, PAYMENTS));
        assertEquals(
                Map.of("a", Map.of(ORDERS, Set.of(0, 1)), "b", Map.of(ORDERS, Set.of(2, 3), PAYMENTS, Set.of(0))),
                assignor.assign(group));
    }

    @Test
    void aNewcomerIsGivenOnlyWhatOthersHaveAboveTheirShare() {
        GroupSpec group = homogeneous(
                Map.of(ORDERS, 6),
                member("a", Map.of(ORDERS, Set.of(0, 1, 2)), ORDERS),
                member("b", Map.of(ORDERS, Set.of(3, 4, 5)), ORDERS),
                newcomer("c", ORDERS));
        assertEquals(
                Map.of(
                        "a", Map.of(ORDERS, Set.of(0, 1)),
                        "b", Map.of(ORDERS, Set.of(3, 4)),
                        "c", Map.of(ORDERS, Set.of(2, 5))),
                assignor.assign(group));
    }

    @Test
    void aLargerShareStaysWithWhoFillsIt() {
        GroupSpec group = homogeneous(
                Map.of(ORDERS, 3),
                member("a", Map.of(ORDERS, Set.of(2)), ORDERS),
                member("b", Map.of(ORDERS, Set.of(0, 1)), ORDERS));
        assertEquals(Map.of("a", Map.of(ORDERS, Set.of(2)), "b", Map.of(ORDERS, Set.of(0, 1))), assignor.assign(group));
    }

    @Test
    void whoWantsMoreTopicsMakesRoomForWhoWantsOnlyOne() {
        GroupSpec group = heterogeneous(
                Map.of(ORDERS, 3, PAYMENTS, 3),
                member("a", Map.of(ORDERS, Set.of(0, 1, 2), PAYMENTS, Set.of(0, 1, 2)), ORDERS, PAYMENTS),
                newcomer("b", PAYMENTS));
        assertEquals(
                Map.of("a", Map.of(ORDERS, Set.of(0, 1, 2)), "b", Map.of(PAYMENTS, Set.of(0, 1, 2))),
                assignor.assign(group));
    }

    @Test
    void whatAMemberDoesNotWantAnyMoreGoesToThoseWhoDo() {
        GroupSpec group = heterogeneous(
                Map.of(ORDERS, 2, PAYMENTS, 2),
                member("a", Map.of(ORDERS, Set.of(0, 1)), PAYMENTS),
                newcomer("b", ORDERS));
        assertEquals(
                Map.of("a", Map.of(PAYMENTS, Set.of(0, 1)), "b", Map.of(ORDERS, Set.of(0, 1))), assignor.assign(group));
    }

    @Test
    void aTopicThatIsNotThereIsNamedInTheError() {
        String message =
                "Members are subscribed to topic AAAAAAAAAAAAAAAAAAAAAg which doesn't exist in the topic metadata.";
        assertEquals(message, failure(homogeneous(Map.of(ORDERS, 1), newcomer("a", PAYMENTS))));
        assertEquals(
                message, failure(heterogeneous(Map.of(ORDERS, 1), newcomer("a", PAYMENTS), newcomer("b", ORDERS))));
    }

    private String failure(GroupSpec group) {
        return assertThrows(PartitionAssignorException.class, () -> assignor.assign(group))
                .getMessage();
    }

    private static MemberSpec newcomer(String memberId, UUID... wanted) {
        return member(memberId, Map.of(), wanted);
    }

    private static MemberSpec member(String memberId, Map<UUID, Set<Integer>> assignment, UUID... wanted) {
        return new MemberSpec(memberId, null, Set.of(wanted), assignment);
    }

    private static GroupSpec homogeneous(Map<UUID, Integer> partitionCounts, MemberSpec... members) {
        return new GroupSpec(List.of(members), SubscriptionType.HOMOGENEOUS, partitionCounts);
    }

    private static GroupSpec heterogeneous(Map<UUID, Integer> partitionCounts, MemberSpec... members) {
        return new GroupSpec(List.of(members), SubscriptionType.HETEROGENEOUS, partitionCounts);
    }
}
