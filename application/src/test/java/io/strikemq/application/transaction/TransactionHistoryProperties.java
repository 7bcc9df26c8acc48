package io.strikemq.application.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
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
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Two producers, of which each may be the other's zombie, run transactions over three partitions, ask again when an answer
 * is lost, and are cut short by deaths of the broker at any step. Whatever happens: what a client was told is what became of
 * its transaction, on all partitions, and in the end nothing is open.
 */
class TransactionHistoryProperties {
    private static final List<TopicPartition> PARTITIONS =
            List.of(new TopicPartition("a", 0), new TopicPartition("a", 1), new TopicPartition("b", 0));

    /** Something that happens. */
    enum Kind {
        BEGIN,
        WRITE,
        COMMIT,
        ABORT,
        DIE,
        TIME_PASSES
    }

    record Action(Kind kind, int client, int number) {}

    @Provide
    Arbitrary<List<Action>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Kind.BEGIN)),
                Tuple.of(8, Arbitraries.just(Kind.WRITE)),
                Tuple.of(5, Arbitraries.just(Kind.COMMIT)),
                Tuple.of(3, Arbitraries.just(Kind.ABORT)),
                Tuple.of(4, Arbitraries.just(Kind.DIE)),
                Tuple.of(1, Arbitraries.just(Kind.TIME_PASSES)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 9))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    @SuppressWarnings("try") // What is logged is only to be kept off the screen.
    void whatAClientIsToldIsWhatHappened(
            @ForAll("histories") List<Action> history, @ForAll TransactionVersion version) {
        try (LogLines quietCoordinator = new LogLines(CoordinatedTransaction.class);
                LogLines quietMarkers = new LogLines(MarkerWriting.class)) {
            CrashingBroker broker = new CrashingBroker(version);
            List<Client> clients = List.of(new Client("x", broker), new Client("y", broker));
            for (Action action : history) {
                act(action, clients.get(action.client()), broker);
            }
            broker.dieAfter(Integer.MAX_VALUE);
            broker.pass(Duration.ofMinutes(2));
            broker.pass(Duration.ofMinutes(2));
            assertFalse(broker.partitions.isAnythingOpen(), () -> "a reader is stuck: " + broker.partitions);
            clients.forEach(Client::check);
        }
    }

    private static void act(Action action, Client client, CrashingBroker broker) {
        switch (action.kind()) {
            case BEGIN -> client.begin();
            case WRITE -> client.write(PARTITIONS.get(action.number() % PARTITIONS.size()));
            case COMMIT -> client.end(Outcome.COMMIT);
            case ABORT -> client.end(Outcome.ABORT);
            case DIE -> broker.dieAfter(action.number());
            case TIME_PASSES -> broker.pass(Duration.ofSeconds(10L * action.number()));
        }
    }

    /** A producer as Kafka's is: it asks again until it is answered, and gives up when it is fenced. */
    private static final class Client {
        private static final int MOST_TRIES = 20;

        private final String name;
        private final CrashingBroker broker;
        private ProducerIdentity producer;
        private int number;
        private Set<TopicPartition> touched = new HashSet<>();
        private final Map<String, Outcome> told = new HashMap<>();
        private final Map<String, Set<TopicPartition>> written = new HashMap<>();
        private final List<String> all = new ArrayList<>();

        Client(String name, CrashingBroker broker) {
            this.name = name;
            this.broker = broker;
        }

        private String transaction() {
            return name + number;
        }

        private void giveUp() {
            producer = null;
            next();
        }

        private void next() {
            number++;
            touched = new HashSet<>();
        }

        void begin() {
            giveUp();
            for (int i = 0; i < MOST_TRIES; i++) {
                CrashingBroker.Initialized answer = broker.init("t", ProducerIdentity.NONE);
                if (answer != null && answer.error() == ErrorCode.NONE) {
                    producer = answer.producer();
                    return;
                }
                assertTrue(
                        answer == null || answer.error() == ErrorCode.CONCURRENT_TRANSACTIONS || isLogTrouble(answer),
                        () -> "begin: " + answer);
                broker.pass(Duration.ofSeconds(1));
            }
        }

        private static boolean isLogTrouble(CrashingBroker.Initialized answer) {
            return answer.error() == ErrorCode.UNKNOWN_SERVER_ERROR;
        }

        void write(TopicPartition partition) {
            for (int i = 0; producer != null && i < MOST_TRIES; i++) {
                ErrorCode added = broker.add("t", producer, partition);
                if (added == ErrorCode.NONE) {
                    if (broker.partitions.append(partition, producer, transaction())) {
                        touched.add(partition);
                        all.add(transaction());
                        written.put(transaction(), touched);
                    } else {
                        giveUp();
                    }
                    return;
                }
                if (added == ErrorCode.PRODUCER_FENCED || added == ErrorCode.INVALID_PRODUCER_ID_MAPPING) {
                    giveUp();
                    return;
                }
                broker.pass(Duration.ofSeconds(1));
            }
        }

        void end(Outcome outcome) {
            if (producer == null || touched.isEmpty()) {
                return;
            }
            for (int i = 0; i < MOST_TRIES; i++) {
                TransactionEnded answer = broker.end("t", producer, outcome);
                if (answer != null && answer.error() == ErrorCode.NONE) {
                    told.put(transaction(), outcome);
                    producer = broker.version.bumpsEpochs() ? answer.producer() : producer;
                    next();
                    return;
                }
                boolean mayAskAgain = answer == null
                        || EnumSet.of(ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.UNKNOWN_SERVER_ERROR)
                                .contains(answer.error());
                if (!mayAskAgain) {
                    assertTrue(
                            EnumSet.of(
                                            ErrorCode.PRODUCER_FENCED,
                                            ErrorCode.INVALID_PRODUCER_ID_MAPPING,
                                            ErrorCode.INVALID_TXN_STATE)
                                    .contains(answer.error()),
                            () -> "end: " + answer);
                    giveUp();
                    return;
                }
                broker.pass(Duration.ofSeconds(1));
            }
            giveUp();
        }

        void check() {
            for (String transaction : new HashSet<>(all)) {
                Map<TopicPartition, Outcome> outcomes = broker.partitions.outcomes(transaction);
                assertEquals(written.get(transaction), outcomes.keySet(), () -> transaction + " is open");
                assertEquals(1, Set.copyOf(outcomes.values()).size(), () -> transaction + " is torn: " + outcomes);
                Outcome promised = told.get(transaction);
                assertTrue(
                        promised == null || outcomes.containsValue(promised),
                        () -> transaction + " was told " + promised + " and is " + outcomes);
            }
        }
    }
}
