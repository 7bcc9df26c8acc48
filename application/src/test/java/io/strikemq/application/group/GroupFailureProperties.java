package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.group.Trouble.Where;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever breaks below a group, and at whichever moment: everybody is answered, and the group is what its log says. */
class GroupFailureProperties {
    enum Action {
        JOIN,
        JOIN_AGAIN,
        SYNC,
        COMMIT,
        COMMIT_IN_TRANSACTION,
        END_TRANSACTION,
        LEAVE,
        PASS_A_LITTLE,
        PASS_A_SESSION
    }

    /** Something that one of three clients does; {@code call} is the call that breaks, or 0 for none. */
    record Step(Action action, int who, Where where, int call, boolean error) {
        boolean breaks(Where what) {
            return call > 0 && where == what;
        }
    }

    /** Every failure is logged with its stack; here there are thousands. */
    private final Logger logger = Logger.getLogger("io.strikemq.application.group");

    @BeforeTry
    void beQuiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterTry
    void speakAgain() {
        logger.setLevel(null);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(Where.class),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(1, 3)),
                        Arbitraries.of(true, false))
                .as(Step::new);
        return step.list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 300)
    void everybodyIsAnsweredWhateverBreaks(@ForAll("histories") List<Step> history) {
        Crowd crowd = new Crowd();
        history.forEach(crowd::perform);
        crowd.pass(Duration.ofHours(1));
        crowd.waiting.forEach(each -> assertTrue(each.isDone()));
        if (history.stream().noneMatch(step -> step.breaks(Where.AFTER_AN_APPEND))) {
            // A group whose last member leaves is empty, as in Kafka, also where the log does not take that.
            boolean isStateLogged = history.stream().noneMatch(step -> step.breaks(Where.BEFORE_AN_APPEND));
            crowd.assertNothingChangesInARestart(isStateLogged);
        }
        // It works again: a group that could not be read back is with the next look, and its members' sessions end;
        // a member joins and commits.
        crowd.generation();
        crowd.pass(Duration.ofHours(1));
        String id = crowd.coordinator.stableMember();
        int generation = crowd.generation();
        assertEquals(
                List.of(ErrorCode.NONE),
                crowd.coordinator.commit(Coordinator.member(generation, id), Coordinator.offset(0, 77)));
    }

    /** Three clients that know the ids they were last given. */
    private static final class Crowd {
        private final Coordinator coordinator = new Coordinator();
        private final List<CompletableFuture<?>> waiting = new ArrayList<>();
        private final String[] ids = {"", "", ""};

        void perform(Step step) {
            if (step.call() > 0) {
                coordinator.trouble.expect(step.where(), step.call(), step.error());
            }
            try {
                act(step);
            } catch (IllegalStateException | LinkageError answered) {
                // The request that hits the fault is answered by it.
                assertTrue(step.call() > 0);
            } finally {
                coordinator.trouble.isOver();
            }
            if (step.call() > 0 && step.action() == Action.END_TRANSACTION) {
                // The coordinator of transactions writes a marker until it is told that all is done.
                endTransaction(step.who());
            }
        }

        private void endTransaction(int who) {
            coordinator.end(who, who == 0 ? Outcome.ABORT : Outcome.COMMIT);
        }

        private GroupMember member(int who) {
            return ids[who].isEmpty() ? Coordinator.outsider("g") : Coordinator.member(generation(), ids[who]);
        }

        private void act(Step step) {
            int who = step.who();
            switch (step.action()) {
                case JOIN -> join(who, "");
                case JOIN_AGAIN -> join(who, ids[who]);
                case SYNC -> waiting.add(coordinator.sync(ids[who], generation(), ids));
                case COMMIT -> coordinator.commit(member(who), Coordinator.offset(who, step.call()));
                case COMMIT_IN_TRANSACTION ->
                    coordinator.commit(who, member(who), Coordinator.offset(who, 10 + step.call()));
                case END_TRANSACTION -> endTransaction(who);
                case LEAVE -> coordinator.leave(ids[who]);
                case PASS_A_LITTLE -> pass(Duration.ZERO);
                case PASS_A_SESSION -> pass(Duration.ofSeconds(11));
                default -> throw new IllegalStateException("unexpected " + step.action());
            }
        }

        private void join(int who, String id) {
            CompletableFuture<JoinResult> answer = coordinator.join("c" + who, id);
            answer.thenAccept(result -> ids[who] = result.memberId());
            waiting.add(answer);
        }

        private int generation() {
            return coordinator.inspection.describe(Coordinator.from("x"), "g").generationId();
        }

        /** As the timer's thread does, goes on after an action that failed. */
        void pass(Duration duration) {
            while (true) {
                try {
                    coordinator.time.advance(duration);
                    return;
                } catch (IllegalStateException | LinkageError failed) {
                    coordinator.trouble.isOver();
                }
            }
        }

        private List<Row> stable() {
            return List.of(coordinator.stable("g", 0), coordinator.stable("g", 1), coordinator.stable("g", 2));
        }

        void assertNothingChangesInARestart(boolean isStateLogged) {
            var before = coordinator.committed("g");
            var stable = stable();
            String state =
                    coordinator.inspection.describe(Coordinator.from("x"), "g").state();
            coordinator.restart();
            assertEquals(before, coordinator.committed("g"));
            assertEquals(stable, stable());
            if (isStateLogged) {
                assertEquals(
                        state,
                        coordinator
                                .inspection
                                .describe(Coordinator.from("x"), "g")
                                .state());
            }
        }
    }
}
