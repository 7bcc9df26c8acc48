package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.ConsumerGroupSettings.MigrationPolicy;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever clients of both protocols, administrators, the clock and the disk do: the invariants of {@link GroupInvariants} hold after
 * every event, no partition is ever read by two, and everybody comes to have its share once nothing changes any more.
 */
class ConsumerGroupProperties {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** So many heartbeats of everybody are enough, sessions that end and regular expressions that are looked at again included. */
    private static final int ROUNDS = 40;

    /** One thing that happens. */
    record Step(int action, int who, int variant) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.integers().between(0, 26),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 7))
                .as(Step::new);
        return step.list().ofMinSize(1).ofMaxSize(120);
    }

    @Property(tries = 300)
    void consumersAlone(@ForAll("histories") List<Step> history) {
        new Crowd(new AnyGroup(), 4, 4).live(history);
    }

    @Property(tries = 400)
    void clientsOfBothProtocols(@ForAll("histories") List<Step> history) {
        new Crowd(new AnyGroup(), 0, 6).live(history);
    }

    @Property(tries = 100)
    void targetsThatAreNotComputedAtOnce(@ForAll("histories") List<Step> history) {
        FixedTimes times = new FixedTimes(Duration.ofSeconds(45), INTERVAL, Duration.ofSeconds(12));
        new Crowd(new AnyGroup(ConsumerGroupSettings.DEFAULT, times), 0, 4).live(history);
    }

    @Property(tries = 100)
    void smallGroupsThatStayWhatTheyAre(@ForAll("histories") List<Step> history, @ForAll MigrationPolicy policy) {
        ConsumerGroupSettings settings =
                new ConsumerGroupSettings(3, List.of("uniform", "range"), policy, Duration.ofMinutes(10));
        new Crowd(new AnyGroup(settings, FixedTimes.USUAL), 0, 6).live(history);
    }

    /** Eight clients of one group. */
    private static final class Crowd {
        private final AnyGroup group;
        private final List<ModelClient> clients = new ArrayList<>();

        /** Clients from {@code firstClassic} up to {@code firstOther} speak the classic protocol; every other one is static. */
        Crowd(AnyGroup group, int firstClassic, int firstOther) {
            this.group = group;
            group.topics().put("a", 3);
            for (int i = 0; i < 8; i++) {
                // Static clients share an instance id with one of the other protocol.
                String instanceId = i % 2 == 0 ? null : "i" + i % 4;
                boolean isClassic = i >= firstClassic && i < firstOther && i % 4 < 2;
                clients.add(
                        isClassic
                                ? new ModelClassicClient(group, "c" + i, instanceId, i < 4)
                                : new ModelConsumer(group, "n" + i, instanceId));
            }
        }

        void live(List<Step> history) {
            history.forEach(step -> {
                perform(step);
                nothingIsReadTwice();
            });
            settle();
            everybodyHasItsShare();
            group.restart();
        }

        private void perform(Step step) {
            ModelClient client = clients.get(step.who());
            switch (step.action()) {
                case 0, 1, 2, 3, 4, 5 -> client.poll(false);
                case 6 -> client.poll(true);
                case 7, 8, 9 -> {
                    client.settle();
                    client.poll(false);
                }
                case 10 -> client.settle();
                case 11 -> client.want(step.variant());
                case 12 -> client.leave(step.variant() % 2 == 0);
                case 13 -> client.die();
                case 14, 15 -> group.search();
                case 16 -> group.failSearch();
                case 17 -> group.pass(Duration.ofSeconds(1L + step.variant() * 3L));
                case 18 -> group.topics().put("abc".substring(step.who() % 3).substring(0, 1), 1 + step.variant());
                case 19 -> group.topics().remove("abc".substring(step.who() % 3).substring(0, 1));
                case 20 -> group.restart();
                case 21 -> disk(step.variant());
                case 22 -> everybody();
                case 24, 25 -> steer(client, step.variant());
                default -> group.delete();
            }
        }

        private void disk(int variant) {
            if (variant == 0) {
                group.breakStorage();
            } else {
                group.repairStorage();
            }
        }

        /** Everybody who takes part settles and speaks. */
        private void everybody() {
            for (ModelClient client : clients) {
                if (client.isRunning()) {
                    client.settle();
                    client.poll(false);
                    nothingIsReadTwice();
                }
            }
        }

        private void nothingIsReadTwice() {
            Map<ModelClient.Partition, ModelClient> readers = new HashMap<>();
            for (ModelClient client : clients) {
                if (client.isMember()) {
                    client.owned().forEach(partition -> {
                        ModelClient other = readers.put(partition, client);
                        assertNull(other, () -> partition + " is read by " + other.name + " and " + client.name);
                    });
                }
            }
        }

        private void steer(ModelClient client, int variant) {
            MemberPick who =
                    variant == 7 ? MemberPick.everybody() : MemberPick.member(String.valueOf(client.memberId()));
            group.request(number -> switch (variant) {
                case 0, 1 -> new SteeringEvent.Rebalance(number);
                case 2, 3 -> new SteeringEvent.Expel(number, who);
                case 4, 5 ->
                    mayBeScripted()
                            ? new SteeringEvent.Script(number, script(client))
                            : new SteeringEvent.Rebalance(number);
                default -> new SteeringEvent.Fence(number, who, group.freshId());
            });
        }

        /**
         * A group that changes its protocol knows of a classic member what it is to have, not what it still reads: when an assignment
         * takes away from a member that keeps on reading over a rebalance, others may get that in the moment before it hears of it.
         */
        private boolean mayBeScripted() {
            return group.group() instanceof ConsumerGroup
                    || clients.stream().noneMatch(client -> client.isRunning() && client.keepsReading());
        }

        /** All of one topic for one of those who want it, in parts for two where there are two. */
        private ScriptedAssignment script(ModelClient first) {
            ScriptedAssignment script = ScriptedAssignment.ofNothing();
            for (Topic topic : group.topics().all()) {
                List<ModelClient> members = clients.stream()
                        .filter(client -> client.isMember() && client.wants(topic.name()))
                        .sorted(Comparator.comparing(client -> client != first))
                        .limit(2)
                        .toList();
                for (int i = 0; i < topic.partitionCount() && !members.isEmpty(); i++) {
                    MemberPick member =
                            MemberPick.member(members.get(i % members.size()).memberId());
                    script = script.and(member, topic.name(), i);
                }
            }
            return script;
        }

        private void settle() {
            group.repairStorage();
            for (int i = 0; i < ROUNDS; i++) {
                if (i == ROUNDS / 2) {
                    // What a script says lasts until something happens. So does, as in Kafka, what a static member has
                    // that took
                    // the place of a classic one in the midst of a rebalance, when that one had nothing.
                    group.request(SteeringEvent.Rebalance::new);
                }
                everybody();
                group.pass(INTERVAL);
                group.search();
            }
            everybody();
        }

        private void everybodyHasItsShare() {
            if (group.group() instanceof ConsumerGroup consumers) {
                if (consumers.state().equals("Assigning") && hasClassicMembersOnly(consumers)) {
                    // As in Kafka: only a join computes a target then, and nobody is told to join before there is one.
                    return;
                }
                assertTrue(
                        Set.of("Stable", "Empty").contains(consumers.state()), () -> consumers.state() + " " + clients);
            } else {
                ClassicGroup classic = (ClassicGroup) group.group();
                // One that was deleted while nothing could be stored is made by the next who asks for it.
                boolean isGone = classic.isDead() && clients.stream().noneMatch(ModelClient::isRunning);
                boolean rests = classic.is(ClassicGroupState.STABLE) || classic.is(ClassicGroupState.EMPTY) || isGone;
                assertTrue(rests, () -> classic.state() + " " + clients);
                return;
            }
            Set<ModelClient.Partition> read = new HashSet<>();
            Set<ModelClient.Partition> wanted = new HashSet<>();
            for (ModelClient client : clients) {
                if (client.isMember()) {
                    read.addAll(client.owned());
                    wanted.addAll(wantedBy(client));
                    assertEquals(target(client), client.owned(), "everybody has what it is to have");
                }
            }
            assertEquals(wanted, read, "all is read that somebody wants");
        }

        /** Which a policy that does not downgrade leaves in a group of the consumer protocol. */
        private static boolean hasClassicMembersOnly(ConsumerGroup group) {
            return group.members().values().stream().allMatch(ConsumerMember::isClassic);
        }

        private Set<ModelClient.Partition> target(ModelClient client) {
            Set<ModelClient.Partition> target = new HashSet<>();
            group.consumers()
                    .targetOf(client.memberId())
                    .forEach((topic, numbers) ->
                            numbers.forEach(each -> target.add(new ModelClient.Partition(topic, each))));
            return target;
        }

        private Set<ModelClient.Partition> wantedBy(ModelClient client) {
            Set<ModelClient.Partition> wanted = new HashSet<>();
            for (Topic topic : group.topics().all()) {
                if (client.wants(topic.name())) {
                    for (int i = 0; i < topic.partitionCount(); i++) {
                        wanted.add(new ModelClient.Partition(topic.id(), i));
                    }
                }
            }
            return wanted;
        }
    }
}
