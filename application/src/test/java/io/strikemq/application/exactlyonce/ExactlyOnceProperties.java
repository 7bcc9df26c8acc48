package io.strikemq.application.exactlyonce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.exactlyonce.Copier.Role;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.TransactionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/**
 * Four copiers, each old or new, consume, transform and produce: two with one transactional id, of which each may be the
 * other's zombie, and two with ids of their own that take each other's place in a group. Coordinators, partitions and
 * groups are the product's own; answers are lost, requests come late or twice, and the process dies between any two things
 * that it does for good. Whatever happens, a reader of committed records gets what the clients were told, whole, in order
 * and nothing else; the group's offsets say exactly what was copied; and in the end nobody is stuck.
 */
class ExactlyOnceProperties {
    private static final int COPIERS = 4;

    /** Something that happens. */
    enum Kind {
        BEGIN,
        COPY,
        COPY_TWICE,
        COPY_IN_VAIN,
        OFFSETS,
        OFFSETS_IN_VAIN,
        COMMIT,
        COMMIT_TWICE,
        ABORT,
        ABORT_TWICE,
        ARRIVE,
        BE_OVERTAKEN,
        BE_TOO_LATE,
        GIVE_UP_WHILE_COPYING,
        LOSE_AN_ANSWER,
        DIE,
        RESTART,
        CHANGE_VERSION,
        TIME_PASSES,
        DAYS_PASS
    }

    record Action(Kind kind, int copier, int number) {}

    @Provide
    Arbitrary<List<Action>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Kind.BEGIN)),
                Tuple.of(12, Arbitraries.just(Kind.COPY)),
                Tuple.of(2, Arbitraries.just(Kind.COPY_TWICE)),
                Tuple.of(2, Arbitraries.just(Kind.COPY_IN_VAIN)),
                Tuple.of(4, Arbitraries.just(Kind.OFFSETS)),
                Tuple.of(1, Arbitraries.just(Kind.OFFSETS_IN_VAIN)),
                Tuple.of(8, Arbitraries.just(Kind.COMMIT)),
                Tuple.of(2, Arbitraries.just(Kind.COMMIT_TWICE)),
                Tuple.of(3, Arbitraries.just(Kind.ABORT)),
                Tuple.of(1, Arbitraries.just(Kind.ABORT_TWICE)),
                Tuple.of(4, Arbitraries.just(Kind.ARRIVE)),
                Tuple.of(2, Arbitraries.just(Kind.BE_OVERTAKEN)),
                Tuple.of(2, Arbitraries.just(Kind.BE_TOO_LATE)),
                Tuple.of(2, Arbitraries.just(Kind.GIVE_UP_WHILE_COPYING)),
                Tuple.of(4, Arbitraries.just(Kind.LOSE_AN_ANSWER)),
                Tuple.of(6, Arbitraries.just(Kind.DIE)),
                Tuple.of(1, Arbitraries.just(Kind.RESTART)),
                Tuple.of(1, Arbitraries.just(Kind.CHANGE_VERSION)),
                Tuple.of(1, Arbitraries.just(Kind.TIME_PASSES)),
                Tuple.of(1, Arbitraries.just(Kind.DAYS_PASS)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, COPIERS - 1),
                        Arbitraries.integers().between(1, 9))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    @SuppressWarnings("try") // What is logged is only to be kept off the screen.
    void whatIsReadIsWhatWasCommitted(
            @ForAll("histories") List<Action> history,
            @ForAll TransactionVersion server,
            @ForAll @Size(COPIERS) List<TransactionVersion> clients,
            @ForAll boolean nearTheLastEpoch) {
        try (LogLines quiet = new LogLines(OneBroker.class.getPackage())) {
            MortalBroker broker = new MortalBroker(server, nearTheLastEpoch);
            Ledger ledger = new Ledger();
            List<Copier> copiers = copiers(broker, ledger, clients);
            CommittedReader reader = new CommittedReader(broker, ledger);
            for (Action action : history) {
                act(action, copiers.get(action.copier()), copiers.get(action.copier() ^ 1), broker);
                reader.poll();
                if (ledger.isNothingOpen()) {
                    reader.checkThatNobodyIsStuck();
                }
            }
            checkTheEnd(broker, ledger, reader);
        }
    }

    private static List<Copier> copiers(MortalBroker broker, Ledger ledger, List<TransactionVersion> clients) {
        List<Seat> seats = new ArrayList<>(List.of(Seat.outside("alone"), Seat.outside("alone")));
        seats.addAll(Seat.ofMembers("shared", 2));
        List<String> ids = List.of("shared", "shared", "a", "b");
        List<Copier> copiers = new ArrayList<>();
        for (int i = 0; i < COPIERS; i++) {
            copiers.add(new Copier(new Role(ids.get(i), i / 2, seats.get(i), clients.get(i)), broker, ledger));
        }
        return copiers;
    }

    /** {@code rival}: the other one that wants what the copier has. */
    private static void act(Action action, Copier copier, Copier rival, MortalBroker broker) {
        switch (action.kind()) {
            case BEGIN -> copier.begin();
            case COPY -> copier.copy(1 + action.number() / 4);
            case COPY_TWICE -> copier.copyAndRepeatLate();
            case COPY_IN_VAIN -> copier.copyInVain();
            case OFFSETS -> copier.commitOffsets();
            case OFFSETS_IN_VAIN -> copier.commitOffsetsInVain();
            case COMMIT -> copier.end(Outcome.COMMIT);
            case COMMIT_TWICE -> copier.endAndRepeatLate(Outcome.COMMIT);
            case ABORT -> copier.end(Outcome.ABORT);
            case ABORT_TWICE -> copier.endAndRepeatLate(Outcome.ABORT);
            case ARRIVE -> broker.deliver();
            case BE_OVERTAKEN -> {
                broker.meanwhile(rival::begin);
                copier.copy(1);
            }
            case BE_TOO_LATE -> {
                broker.meanwhile(() -> broker.pass(Duration.ofSeconds(90)));
                copier.copy(1);
            }
            case GIVE_UP_WHILE_COPYING -> {
                copier.copyInVain();
                broker.meanwhile(() -> copier.end(Outcome.ABORT));
                broker.deliver();
            }
            case LOSE_AN_ANSWER -> broker.loseAnswer(action.number());
            case DIE -> broker.dieAfter(action.number());
            case RESTART -> broker.restart();
            case CHANGE_VERSION -> broker.version(TransactionVersion.of(action.number() % 3));
            case DAYS_PASS -> broker.passDays(action.number());
            case TIME_PASSES -> broker.pass(Duration.ofSeconds(10L * action.number()));
        }
    }

    /** Everything that was on its way has arrived, and what nobody has ended was ended by the broker. */
    private static void checkTheEnd(MortalBroker broker, Ledger ledger, CommittedReader reader) {
        broker.calm();
        broker.deliver();
        broker.pass(Duration.ofMinutes(2));
        broker.pass(Duration.ofMinutes(2));
        reader.checkThatNobodyIsStuck();
        reader.poll();
        CommittedReader fromTheBeginning = new CommittedReader(broker, ledger);
        fromTheBeginning.poll();
        assertEquals(fromTheBeginning.read(), reader.read(), "what was read on the way, and what is read now");
        List<Long> committed = List.of(
                Seat.outside("alone").committed(broker, 0),
                Seat.outside("shared").committed(broker, 1));
        ledger.checkAll(reader.read(), committed);
    }
}
