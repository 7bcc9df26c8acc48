package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.LogLines;
import io.strikemq.application.group.RememberedGroupLog.Entry;
import io.strikemq.application.group.Trouble.Where;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Three producers and plain clients commit the offsets of two groups, delete them, and end transactions, some of them twice;
 * the process dies before or after any append. Whatever happens: what clients are told is what the log says by Kafka's rule.
 */
class PendingOffsetsProperties {
    private static final int PARTITIONS = 2;
    private static final List<String> GROUPS = List.of("g", "h");

    enum Kind {
        PLAIN,
        IN_TRANSACTION,
        COMMIT,
        ABORT,
        DELETE_OFFSETS,
        DELETE_GROUP,
        RESTART
    }

    /** {@code death}: where the process dies at this step; null for nowhere. */
    record Action(Kind kind, int producer, int group, int partition, Where death) {
        String groupId() {
            return GROUPS.get(group);
        }
    }

    @Provide
    Arbitrary<List<Action>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Kind.PLAIN)),
                Tuple.of(8, Arbitraries.just(Kind.IN_TRANSACTION)),
                Tuple.of(4, Arbitraries.just(Kind.COMMIT)),
                Tuple.of(2, Arbitraries.just(Kind.ABORT)),
                Tuple.of(1, Arbitraries.just(Kind.DELETE_OFFSETS)),
                Tuple.of(1, Arbitraries.just(Kind.DELETE_GROUP)),
                Tuple.of(1, Arbitraries.just(Kind.RESTART)));
        Arbitrary<Where> deaths = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just((Where) null)),
                Tuple.of(1, Arbitraries.of(Where.BEFORE_AN_APPEND, Where.AFTER_AN_APPEND)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, PARTITIONS - 1),
                        deaths)
                .as(Action::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 1000)
    @SuppressWarnings("try") // What is logged is only to be kept off the screen.
    void clientsAreToldWhatTheLogSays(@ForAll("histories") List<Action> history) {
        try (LogLines quietWriter = new LogLines(GroupLogWriter.class);
                LogLines quietGroup = new LogLines(CoordinatedGroup.class)) {
            Coordinator coordinator = new Coordinator();
            for (int i = 0; i < history.size(); i++) {
                perform(history.get(i), i + 1, coordinator);
                check(coordinator);
            }
            coordinator.restart();
            check(coordinator);
        }
    }

    private static void perform(Action action, int offset, Coordinator coordinator) {
        if (action.death() != null) {
            coordinator.trouble.expect(action.death(), 1, true);
        }
        try {
            act(action, offset, coordinator);
        } catch (LinkageError | IllegalStateException death) {
            assertEquals(true, action.death() != null, () -> "nobody dies: " + death);
        } finally {
            coordinator.trouble.isOver();
        }
        if (action.death() != null || action.kind() == Kind.RESTART) {
            coordinator.restart();
        }
    }

    private static void act(Action action, int offset, Coordinator coordinator) {
        var member = Coordinator.outsider(action.groupId());
        var commit = Coordinator.offset(action.partition(), offset);
        List<ErrorCode> told = List.of(ErrorCode.NONE);
        switch (action.kind()) {
            case PLAIN -> told = coordinator.commit(member, commit);
            case IN_TRANSACTION -> told = coordinator.commit(action.producer(), member, commit);
            case COMMIT -> coordinator.end(action.producer(), Outcome.COMMIT);
            case ABORT -> coordinator.end(action.producer(), Outcome.ABORT);
            case DELETE_OFFSETS ->
                coordinator.offsets.delete(
                        Coordinator.from("a"),
                        action.groupId(),
                        List.of(new TopicPartition("orders", action.partition())));
            case DELETE_GROUP -> coordinator.inspection.delete(Coordinator.from("a"), action.groupId());
            case RESTART -> {
                // Comes when the step is over.
            }
        }
        if (action.death() == null) {
            assertEquals(List.of(ErrorCode.NONE), told);
        }
    }

    private static void check(Coordinator coordinator) {
        for (String group : GROUPS) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                TruthOfTheLog truth = new TruthOfTheLog(coordinator.log.entries(), group, partition);
                Row any = coordinator.committed(group, TopicRef.byName("orders"), partition);
                Row stable = coordinator.stable(group, partition);
                assertEquals(truth.committed(), any.offset(), () -> "by " + coordinator.log.entries());
                assertEquals(
                        truth.isPending() ? ErrorCode.UNSTABLE_OFFSET_COMMIT : ErrorCode.NONE,
                        stable.error(),
                        () -> "by " + coordinator.log.entries());
                assertEquals(truth.isPending() ? -1 : truth.committed(), stable.offset());
            }
        }
    }

    /**
     * Kafka's rule, as one would say it: of all that was written for a partition since it was last deleted, the last counts
     * that is outside of transactions, or in one that was committed; it is pending if something was written in a transaction
     * that has no end yet.
     */
    private record TruthOfTheLog(List<Entry> log, String group, int partition) {
        long committed() {
            for (int i = log.size() - 1; i > lastDeletion(); i--) {
                if (isHere(i) && (log.get(i).producerId() < 0 || outcome(i) == Outcome.COMMIT)) {
                    return offset(i).value().offset();
                }
            }
            return -1;
        }

        boolean isPending() {
            for (int i = lastDeletion() + 1; i < log.size(); i++) {
                if (isHere(i) && log.get(i).producerId() >= 0 && outcome(i) == null) {
                    return true;
                }
            }
            return false;
        }

        private int lastDeletion() {
            int last = log.size() - 1;
            while (last >= 0 && !(isHere(last) && offset(last).value() == null)) {
                last--;
            }
            return last;
        }

        private boolean isHere(int entry) {
            return log.get(entry).groupRecord() instanceof GroupRecord.Offset offset
                    && offset.groupId().equals(group)
                    && offset.partition().partition() == partition;
        }

        private GroupRecord.Offset offset(int entry) {
            return (GroupRecord.Offset) log.get(entry).groupRecord();
        }

        /** The first marker of the producer behind the entry; null without any. */
        private Outcome outcome(int entry) {
            return log.subList(entry, log.size()).stream()
                    .filter(each -> each.outcome() != null
                            && each.producerId() == log.get(entry).producerId())
                    .map(Entry::outcome)
                    .findFirst()
                    .orElse(null);
        }
    }
}
