package io.strikemq.domain.group.consumer.assignor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.internals.LogContext;
import org.apache.kafka.timeline.SnapshotRegistry;
import org.apache.kafka.timeline.TimelineHashMap;

/** Through whatever a group lives, Kafka's assignors and ours give each member the same partitions, assignment after assignment. */
class AssignorsAgreeWithKafkaTest {
    private static final int TOPICS = 7;

    /**
     * One thing that happens to a group before its next assignment.
     *
     * @param who    a member or a topic, by number
     * @param topics a set of topics, as bits
     * @param size   by how many partitions a topic grows
     */
    record Step(What what, int who, int topics, int size, boolean range) {}

    enum What {
        JOIN,
        JOIN_AS_STATIC,
        LEAVE,
        COME_BACK_AS_ANOTHER,
        SUBSCRIBE,
        ALL_SUBSCRIBE,
        GROW,
        CREATE_AGAIN,
        NOTHING
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, (1 << TOPICS) - 1),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.of(false, false, false, true))
                .as(Step::new);
        return step.list().ofMinSize(5).ofMaxSize(60);
    }

    @Property(tries = 1500)
    void whereEveryMemberWantsWhatItLikes(@ForAll("lives") List<Step> life, @ForAll long seed) {
        Group group = new Group(new Random(seed), false);
        life.forEach(group::live);
    }

    @Property(tries = 1500)
    void whereAllMembersWantTheSame(@ForAll("lives") List<Step> life, @ForAll long seed) {
        Group group = new Group(new Random(seed), true);
        life.forEach(group::live);
    }

    @Property(tries = 300)
    void membersComeInTheOrderOfKafkasGroup(@ForAll Set<String> memberIds) {
        TimelineHashMap<String, String> kafkas = new TimelineHashMap<>(new SnapshotRegistry(new LogContext()), 0);
        memberIds.forEach(id -> kafkas.put(id, id));
        assertEquals(new ArrayList<>(kafkas.keySet()), MemberOrder.of(new ArrayList<>(memberIds)));
    }

    @Property(tries = 200)
    void whereATopicIsNotThere(
            @ForAll("subscriptions") List<Integer> subscriptions,
            @ForAll boolean range,
            @ForAll SubscriptionType type) {
        Assignor assignor = range ? new RangeAssignor() : new UniformAssignor();
        Map<UUID, Integer> counts = Map.of(new UUID(0, 1), 3, new UUID(0, 2), 2);
        List<MemberSpec> members = new ArrayList<>();
        for (int bits : subscriptions) {
            Set<UUID> wanted = new LinkedHashSet<>();
            IntStream.rangeClosed(1, 3).filter(i -> (bits >> i & 1) == 1).forEach(i -> wanted.add(new UUID(0, i)));
            members.add(new MemberSpec("member-" + members.size(), null, wanted, Map.of()));
        }
        assertEquals(
                outcome(() -> new KafkasAssignors().assign(assignor.name(), members, type, counts)),
                outcome(() -> assignor.assign(new GroupSpec(members, type, counts))));
    }

    @Provide
    Arbitrary<List<Integer>> subscriptions() {
        return Arbitraries.integers().between(0, 15).list().ofMinSize(1).ofMaxSize(4);
    }

    private static Object outcome(Supplier<Object> assignment) {
        try {
            return assignment.get();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** A group kept twice, once by Kafka's classes and once by ours. */
    private static final class Group {
        private final Random random;
        private final boolean homogeneous;
        private final KafkasAssignors kafka = new KafkasAssignors();
        private final List<UUID> topics = new ArrayList<>();
        private final Map<UUID, Integer> partitionCounts = new HashMap<>();
        private final Map<String, MemberSpec> members = new LinkedHashMap<>();
        private Set<UUID> commonSubscription;

        Group(Random random, boolean homogeneous) {
            this.random = random;
            this.homogeneous = homogeneous;
            for (int i = 0; i < TOPICS; i++) {
                topics.add(newId());
                partitionCounts.put(topics.get(i), 1 + random.nextInt(24));
            }
            commonSubscription = subscription(random.nextInt(1 << TOPICS));
        }

        private UUID newId() {
            return new UUID(random.nextLong(), random.nextLong());
        }

        void live(Step step) {
            change(step);
            assign(step.range() ? new RangeAssignor() : new UniformAssignor());
        }

        private void change(Step step) {
            switch (step.what()) {
                case JOIN -> join(newMemberId(), null, step.topics(), Map.of());
                case JOIN_AS_STATIC -> join(newMemberId(), "instance-" + random.nextInt(1000), step.topics(), Map.of());
                case LEAVE -> leave(step.who(), null);
                case COME_BACK_AS_ANOTHER -> leave(step.who(), newMemberId());
                case SUBSCRIBE -> subscribe(step.who(), subscription(step.topics()));
                case ALL_SUBSCRIBE -> everybodySubscribes(subscription(step.topics()));
                case GROW -> partitionCounts.merge(topics.get(step.who() % TOPICS), step.size(), Integer::sum);
                case CREATE_AGAIN -> createAgain(step.who() % TOPICS, step.size());
                case NOTHING -> {}
            }
        }

        /** Ids of clients' own making as well as random ones. */
        private String newMemberId() {
            return random.nextBoolean() ? newId().toString() : "consumer-" + random.nextInt(10_000);
        }

        private void join(String memberId, String instanceId, int wanted, Map<UUID, Set<Integer>> assignment) {
            Set<UUID> subscribed = homogeneous ? commonSubscription : subscription(wanted);
            members.putIfAbsent(memberId, new MemberSpec(memberId, instanceId, subscribed, assignment));
        }

        private void leave(int who, String successor) {
            if (members.isEmpty()) {
                return;
            }
            MemberSpec gone = members.remove(nth(who));
            kafka.replace(gone.memberId(), successor);
            if (successor != null) {
                members.put(
                        successor,
                        new MemberSpec(successor, gone.instanceId(), gone.subscribedTopicIds(), gone.assignment()));
            }
        }

        private void subscribe(int who, Set<UUID> subscribed) {
            if (homogeneous || members.isEmpty()) {
                return;
            }
            members.computeIfPresent(
                    nth(who), (id, member) -> new MemberSpec(id, member.instanceId(), subscribed, member.assignment()));
        }

        private void everybodySubscribes(Set<UUID> subscribed) {
            commonSubscription = subscribed;
            members.replaceAll(
                    (id, member) -> new MemberSpec(id, member.instanceId(), subscribed, member.assignment()));
        }

        /** A topic goes, and one of the same name comes: its id is another one. */
        private void createAgain(int index, int partitions) {
            UUID gone = topics.get(index);
            UUID created = newId();
            topics.set(index, created);
            partitionCounts.remove(gone);
            partitionCounts.put(created, partitions);
            commonSubscription = renamed(commonSubscription, gone, created);
            members.replaceAll((id, member) -> new MemberSpec(
                    id, member.instanceId(), renamed(member.subscribedTopicIds(), gone, created), member.assignment()));
        }

        private static Set<UUID> renamed(Set<UUID> subscribed, UUID gone, UUID created) {
            Set<UUID> renamed = new LinkedHashSet<>();
            subscribed.forEach(id -> renamed.add(id.equals(gone) ? created : id));
            return renamed;
        }

        private String nth(int who) {
            return new ArrayList<>(members.keySet()).get(who % members.size());
        }

        private Set<UUID> subscription(int bits) {
            Set<UUID> subscribed = new LinkedHashSet<>();
            for (int i = 0; i < TOPICS; i++) {
                if ((bits >> i & 1) == 1) {
                    subscribed.add(topics.get(i));
                }
            }
            return subscribed;
        }

        private void assign(Assignor assignor) {
            List<MemberSpec> specs = new ArrayList<>(members.values());
            boolean same = specs.stream()
                            .map(MemberSpec::subscribedTopicIds)
                            .distinct()
                            .count()
                    <= 1;
            // A group is heterogeneous too if what sets its members apart are names without a topic.
            SubscriptionType type = same && (homogeneous || random.nextInt(4) > 0)
                    ? SubscriptionType.HOMOGENEOUS
                    : SubscriptionType.HETEROGENEOUS;
            Map<String, Map<UUID, Set<Integer>>> expected =
                    kafka.assign(assignor.name(), specs, type, Map.copyOf(partitionCounts));
            Map<String, Map<UUID, Set<Integer>>> actual = assignor.assign(new GroupSpec(specs, type, partitionCounts));
            assertEquals(expected, actual);
            members.replaceAll((id, member) -> actual.get(id).equals(member.assignment())
                    ? member
                    : new MemberSpec(id, member.instanceId(), member.subscribedTopicIds(), actual.get(id)));
        }
    }
}
