package io.strikemq.application.exactlyonce;

import io.strikemq.application.OneBroker;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.group.ConsumerOffsetsLog;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.group.GroupParticipation;
import io.strikemq.application.group.GroupProtocols;
import io.strikemq.application.group.OffsetCommits;
import io.strikemq.application.group.PendingOffsetEnds;
import io.strikemq.application.group.TransactionalOffsetCommits;
import io.strikemq.application.marker.LocalMarkers;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.transaction.ConsumerOffsetsPartitions;
import io.strikemq.application.transaction.CoordinatedTransactions;
import io.strikemq.application.transaction.TransactionCoordination;
import io.strikemq.application.transaction.TransactionStateLog;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.FixedTimes;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.JavaRegularExpressions;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The partitions, the coordinator of transactions and that of groups, as the product puts them together, on logs that
 * outlive the process. It dies before or after any append, also in its start; answers get lost, and requests come late.
 */
final class MortalBroker {
    static final String INPUT = "input";
    static final String OUTPUT = "output";
    static final int OUTPUT_PARTITIONS = 3;
    private static final List<String> IDS = List.of("shared", "a", "b");
    private static final int INPUT_PARTITIONS = 2;
    private static final int INTERNAL_PARTITIONS = 2;
    private static final short NEARLY_THE_LAST_EPOCH = Short.MAX_VALUE - 4;
    private static final int TIMEOUT_MS = 60_000;
    private static final Duration PIECE = Duration.ofMinutes(10);

    /** Offsets are kept however long nobody comes: copies would begin anew without them, as they do in Kafka. */
    private static final GroupSettings GROUPS = new GroupSettings(
            GroupSettings.DEFAULT.minSessionTimeout(),
            GroupSettings.DEFAULT.maxSessionTimeout(),
            GroupSettings.DEFAULT.initialRebalanceDelay(),
            GroupSettings.DEFAULT.maxSize(),
            GroupSettings.DEFAULT.offsetMetadataMaxBytes(),
            Duration.ofDays(10_000),
            GroupSettings.DEFAULT.retentionCheckInterval());

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final KeptRecords records = new KeptRecords();
    private final FixedIdentifiers identifiers = new FixedIdentifiers(7);
    private final List<Runnable> underWay = new ArrayList<>();
    private TransactionVersion version;
    private Duration passed = Duration.ZERO;
    private long nextProducerId = 100;
    private int stepsToLive = Integer.MAX_VALUE;
    private int answersToTheLostOne = Integer.MAX_VALUE;
    private boolean dead;
    private int life;
    private Runnable meanwhile;

    /** The use cases of this life. */
    private OneBroker partitions;

    private CoordinatedTransactions transactions;
    private CoordinatedGroups groups;
    private TransactionCoordination coordinator;
    private ParticipateInGroup members;
    private CommitOffsets offsets;
    private CommitOffsetsInTransaction transactionalOffsets;

    /** {@code nearTheLastEpoch}: the producers of all ids have hardly an epoch left. */
    MortalBroker(TransactionVersion version, boolean nearTheLastEpoch) {
        this.version = version;
        partitions = new OneBroker();
        partitions.topic(INPUT, INPUT_PARTITIONS);
        partitions.topic(OUTPUT, OUTPUT_PARTITIONS);
        partitions.topic(Topic.CONSUMER_OFFSETS, INTERNAL_PARTITIONS);
        partitions.topic(Topic.TRANSACTION_STATE, INTERNAL_PARTITIONS);
        if (nearTheLastEpoch) {
            TransactionStateLog log = transactionLog(internalTopics());
            IDS.forEach(id -> log.append(new TransactionRecord(id, used(id))));
        }
        partitions.logs.aroundAppends(this::maybeDie);
        start();
    }

    private Transaction used(String id) {
        long producerId = nextProducerId++;
        return new Transaction(
                id,
                new TransactionProducer(producerId, NEARLY_THE_LAST_EPOCH, producerId, -1, (short) -1),
                TransactionState.EMPTY,
                TIMEOUT_MS,
                Set.of(),
                Transaction.NEVER,
                partitions.time.wallClockMillis(),
                TransactionVersion.V0);
    }

    /** Its {@code transaction.version} of now. */
    TransactionVersion version() {
        return version;
    }

    // What happens to it.

    /** Somebody changes its {@code transaction.version} while it runs. */
    void version(TransactionVersion changed) {
        version = changed;
    }

    /** Lets the process die at the step of this number, counted from now. */
    void dieAfter(int steps) {
        stepsToLive = steps;
    }

    /** Lets the answer of this number get lost, counted from now: what was asked for is done. */
    void loseAnswer(int number) {
        answersToTheLostOne = number;
    }

    /** From now on it lives, and all answers arrive. */
    void calm() {
        stepsToLive = Integer.MAX_VALUE;
        answersToTheLostOne = Integer.MAX_VALUE;
        meanwhile = null;
    }

    /** Does something once in the midst of the next request of a producer: when its transaction is verified, but not yet used. */
    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    private CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question) {
        return coordinator.verify(question).thenApply(answers -> {
            Runnable action = meanwhile;
            meanwhile = null;
            if (action != null) {
                action.run();
            }
            return answers;
        });
    }

    private void maybeDie() {
        if (dead || --stepsToLive <= 0) {
            dead = true;
            throw new Death();
        }
    }

    /** It stops in order, with checkpoints, and comes back. */
    void restart() {
        reviveIfDead();
        transactions.close();
        groups.close();
        partitions.partitions.close();
        comeBack();
    }

    /** So long that what was on its way never arrives, and that partitions and the coordinator forget who is silent. */
    void passDays(int days) {
        underWay.clear();
        pass(Duration.ofDays(days));
    }

    void pass(Duration duration) {
        reviveIfDead();
        Duration left = duration;
        while (!dead && left.compareTo(Duration.ZERO) > 0) {
            Duration piece = left.compareTo(PIECE) < 0 ? left : PIECE;
            advance(piece);
            left = left.minus(piece);
        }
        passed = passed.plus(duration);
    }

    private void advance(Duration duration) {
        try {
            partitions.time.advance(duration);
        } catch (Death death) {
            // The rest of the time passes without a process.
        }
    }

    void reviveIfDead() {
        while (dead) {
            partitions.logs.kill();
            comeBack();
        }
    }

    private void comeBack() {
        dead = false;
        life++;
        stepsToLive = stepsToLive <= 0 ? Integer.MAX_VALUE : stepsToLive;
        partitions = partitions.restarted();
        partitions.time.advance(passed);
        try {
            start();
        } catch (Death again) {
            dead = true;
        }
    }

    private void start() {
        InternalTopics internal = internalTopics();
        ConsumerOffsetsLog groupLog = new ConsumerOffsetsLog(
                internal,
                partitions.topics,
                partitions.partitions,
                records.new OfGroups(),
                partitions.codecs,
                partitions.time);
        groups = new CoordinatedGroups(
                new GroupProtocols(
                        GROUPS, ConsumerGroupSettings.DEFAULT, FixedTimes.USUAL, new JavaRegularExpressions()),
                groupLog,
                partitions.topics,
                partitions.time,
                partitions.time,
                Runnable::run);
        LocalMarkers markers = new LocalMarkers(partitions.partitions, new PendingOffsetEnds(groups));
        transactions = new CoordinatedTransactions(
                TransactionSettings.DEFAULT,
                new CoordinatedTransactions.Foundation(
                        transactionLog(internal), markers, () -> version, () -> nextProducerId++, Runnable::run),
                partitions.time,
                partitions.time);
        coordinator = new TransactionCoordination(
                transactions,
                TransactionSettings.DEFAULT,
                partitions.partitions,
                new ConsumerOffsetsPartitions(partitions.topics, TopicDefaults.DEFAULT));
        partitions.verification(this::verify);
        members = new GroupParticipation(groups, GROUPS, identifiers, Runnable::run);
        offsets = new OffsetCommits(groups, partitions.topics, GROUPS, partitions.time, Runnable::run);
        transactionalOffsets = new TransactionalOffsetCommits(
                groups, this::verify, partitions.topics, GROUPS, partitions.time, Runnable::run);
        groups.load();
        transactions.load();
    }

    private TransactionStateLog transactionLog(InternalTopics internal) {
        return new TransactionStateLog(
                internal,
                partitions.topics,
                partitions.partitions,
                records.new OfTransactions(),
                () -> version,
                partitions.codecs,
                partitions.time);
    }

    private InternalTopics internalTopics() {
        TopicPlanner planner = new TopicPlanner(
                partitions.topics,
                new ClusterView(new ClusterDescription("aaaaaaaaaaaaaaaaaaaaaA", 0, List.of(0))),
                TopicDefaults.DEFAULT,
                new TopicConfigs(Map.of()),
                identifiers);
        return new InternalTopics(partitions.topics, planner, TopicDefaults.DEFAULT);
    }

    // Requests.

    /** A request and its answer; empty when that was lost, with all, some or nothing done. */
    <T> Optional<T> ask(Supplier<T> request) {
        reviveIfDead();
        int mine = life;
        T answer;
        try {
            answer = request.get();
        } catch (Death | RuntimeException e) {
            if (dead || life != mine) {
                return Optional.empty();
            }
            throw e;
        }
        boolean isLost = dead || life != mine || --answersToTheLostOne == 0;
        return isLost ? Optional.empty() : Optional.of(answer);
    }

    /** The answer of a use case that must not wait for anything here. */
    static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** A request that is on its way for long: it arrives when {@link #deliver} says, and nobody waits for an answer. */
    void send(Runnable request) {
        underWay.add(request);
    }

    /** All requests that were on their way arrive. */
    void deliver() {
        List<Runnable> arriving = List.copyOf(underWay);
        underWay.clear();
        for (Runnable each : arriving) {
            ask(() -> {
                each.run();
                return true;
            });
        }
    }

    /** The partitions of this life, which is over when a request has failed. */
    OneBroker partitions() {
        return partitions;
    }

    TransactionCoordination coordinator() {
        return coordinator;
    }

    ParticipateInGroup members() {
        return members;
    }

    CommitOffsets offsets() {
        return offsets;
    }

    CommitOffsetsInTransaction transactionalOffsets() {
        return transactionalOffsets;
    }
}
