package io.strikemq.domain.group.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.settings.GroupSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever clients do, the invariants of {@link GroupInvariants} hold after every event. */
class ClassicGroupProperties {
    /** One thing that a client, an administrator, the clock or the disk does. */
    record Step(int action, int who, int generationSlip, int variant) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.integers().between(0, 16),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, -1)),
                        Arbitraries.integers().between(0, 3))
                .as(Step::new);
        return step.list().ofMinSize(1).ofMaxSize(60);
    }

    @Property(tries = 300)
    void noHistoryBreaksAnInvariant(@ForAll("histories") List<Step> history) {
        run(new Crowd(GroupSettings.DEFAULT), history);
    }

    @Property(tries = 100)
    void noHistoryOfASmallGroupWithADelayBreaksAnInvariant(@ForAll("histories") List<Step> history) {
        run(new Crowd(GroupSettings.DEFAULT.withMaxSize(2).withInitialRebalanceDelay(Duration.ofSeconds(3))), history);
    }

    private static void run(Crowd crowd, List<Step> history) {
        history.forEach(crowd::perform);
        crowd.group.repairStorage();
        // Left alone, every group comes to rest without members and without anybody waiting.
        crowd.group.pass(Duration.ofHours(2));
        assertEquals(ClassicGroupState.EMPTY, crowd.group.state());
        assertTrue(crowd.group.deadlines().isEmpty());
    }

    /** Five clients, two of them static, that know the ids they were last given. */
    private static final class Crowd {
        private static final String[] METADATA = {"range", "range:x", "sticky", "range,sticky"};

        private final GroupFixture group;
        private final List<Ticket> lastJoins = new ArrayList<>();

        Crowd(GroupSettings settings) {
            group = new GroupFixture(settings);
            for (int i = 0; i < 5; i++) {
                lastJoins.add(null);
            }
        }

        void perform(Step step) {
            String id = idOf(step.who());
            GroupMember member =
                    new GroupMember("g", group.generation() + step.generationSlip(), id, instanceOf(step.who()));
            switch (step.action()) {
                case 0, 1 -> join(step, "");
                case 2, 3, 4 -> join(step, id);
                case 5, 6, 7 -> group.sync(member, null, null, assignments(id));
                case 8 -> group.heartbeat(member);
                case 9 -> group.commit(member.generationId(), id, member.groupInstanceId());
                case 10 -> group.leave(new LeavingMember(step.variant() == 0 ? "" : id, instanceOf(step.who()), null));
                case 11 -> group.pass(Duration.ofSeconds(1L + step.variant() * 20L));
                case 12 -> group.pass(Duration.ZERO);
                case 13, 14, 15 -> steer(step.variant(), id);
                default -> disk(step.variant());
            }
        }

        private void join(Step step, String id) {
            JoinRequest request = group.join("c" + step.who()).as(id).instance(instanceOf(step.who()));
            if (step.variant() % 2 == 0) {
                request.idFirst().skipping();
            }
            // A pending id belongs to a dynamic member, which is all that this client ever is.
            lastJoins.set(step.who(), request.with(METADATA[step.variant()].split(",")));
        }

        private void steer(int variant, String id) {
            if (!group.group().hasMember(id)) {
                return;
            }
            MemberPick member = MemberPick.member(id);
            boolean isStatic = group.group().members().get(id).isStatic();
            group.request(request -> switch (variant) {
                case 0 -> new SteeringEvent.Expel(request, member);
                case 1 -> new SteeringEvent.Script(request, ScriptedAssignment.of(member, "t", 0));
                case 2 -> new SteeringEvent.Rebalance(request);
                default ->
                    isStatic
                            ? new SteeringEvent.Fence(request, member, group.freshId("ghost"))
                            : new SteeringEvent.Rebalance(request);
            });
        }

        private void disk(int variant) {
            if (variant == 0) {
                group.breakStorage(ErrorCode.NOT_COORDINATOR);
            } else {
                group.repairStorage();
            }
        }

        private String idOf(int who) {
            Ticket last = lastJoins.get(who);
            if (last == null || !last.isAnswered()) {
                return group.group().members().values().stream()
                        .filter(member -> member.client().id().equals("c" + who))
                        .map(ClassicMember::id)
                        .findFirst()
                        .orElse("nobody");
            }
            return last.join().memberId().isEmpty() ? "nobody" : last.join().memberId();
        }

        private static String instanceOf(int who) {
            return who >= 3 ? "i" + who : null;
        }

        private String[] assignments(String id) {
            return id.equals(group.leader())
                    ? group.memberIds().stream().map(each -> each + "=p").toArray(String[]::new)
                    : new String[0];
        }
    }
}
