package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.consumer.assignor.Assignors;
import io.strikemq.domain.group.migration.GroupRules;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.request.Printable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All groups, by id. Callable from any thread; every group has a lock of its own, and there is none over all of them.
 *
 * <p>{@link #load} is called once, before the first request, so that no request ever meets a coordinator that loads.
 */
public final class CoordinatedGroups implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CoordinatedGroups.class.getName());

    private final CoordinatorContext context;
    private final GroupLog log;
    private final FormerGroups former;
    private final Map<String, CoordinatedGroup> groups = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};
    private volatile boolean closed;
    private volatile GroupWatch watch = GroupWatch.NOBODY;

    /** {@code workers} run what takes long. */
    public CoordinatedGroups(
            GroupProtocols protocols,
            GroupLog log,
            TopicRegistry topics,
            Clock clock,
            Deadlines deadlines,
            Executor workers) {
        this(protocols, log, new FormerGroups(), topics, clock, deadlines, workers);
    }

    /** The same for a broker that had other coordinators before. */
    public CoordinatedGroups(
            GroupProtocols protocols,
            GroupLog log,
            FormerGroups former,
            TopicRegistry topics,
            Clock clock,
            Deadlines deadlines,
            Executor workers) {
        this.former = former;
        Topics seen = new RegisteredTopics(topics);
        GroupRules rules = new GroupRules(
                protocols.classic(),
                protocols.consumer(),
                Assignors.named(protocols.consumer().assignors()),
                seen,
                protocols.times(),
                protocols.expressions()::faultOf);
        this.context = new CoordinatorContext(
                rules,
                log,
                new OffsetRetention(protocols.classic()),
                new PendingGroups(),
                topics,
                new TopicSearch(protocols.expressions(), seen, clock, workers),
                clock,
                deadlines,
                (before, event, after) -> watch.changed(before, event, after),
                () -> onChange.run());
        this.log = log;
    }

    /**
     * From now on tells {@code listener}, and nobody else, after a group or its committed offsets have changed: with the
     * group's lock held.
     */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** From now on {@code other}, and nobody else, sees what becomes of groups. */
    public void watchedBy(GroupWatch other) {
        watch = other;
    }

    /**
     * Reads all groups and their offsets back from the log; members get a whole session to be heard of. Whatever the
     * log holds, this returns: what cannot be read is left out, and named in the broker's log.
     */
    public void load() {
        LoadedGroups loaded = new LoadedGroups();
        log.replay(loaded);
        for (String id : loaded.groupIds()) {
            try {
                groups.put(id, restore(id, loaded));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Group " + Printable.name(id) + " cannot be restored", e);
                loaded.skipped("group " + id, e.toString());
            }
        }
        loaded.report();
        int forgotten = all().stream().mapToInt(this::begin).sum();
        if (forgotten > 0) {
            LOG.log(Level.INFO, "Forgot " + forgotten + " committed offsets of topics that were deleted.");
        }
    }

    /** Members that cannot be are left out, all of a group: they join again. */
    private CoordinatedGroup restore(String id, LoadedGroups loaded) {
        ConsumerGroup consumers = loaded.consumerGroup(id, context.clock().wallClockMillis());
        if (consumers != null) {
            return CoordinatedGroup.restored(consumers, loaded.offsets(id), context, this::forget);
        }
        GroupSnapshot snapshot = loaded.snapshot(id);
        try {
            return CoordinatedGroup.restored(id, snapshot, loaded.offsets(id), context, this::forget);
        } catch (IllegalArgumentException inconsistent) {
            loaded.skipped("the members of group " + id, inconsistent.getMessage());
            return CoordinatedGroup.restored(id, snapshot.withoutMembers(), loaded.offsets(id), context, this::forget);
        }
    }

    /** Sets a group to work; returns how many offsets it forgot because their topics were deleted. */
    private int begin(CoordinatedGroup group) {
        try {
            group.loaded();
            return group.forgetDeletedTopics();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Group " + Printable.name(group.id()) + " could not be set to work", e);
            return 0;
        }
    }

    private void forget(CoordinatedGroup group) {
        groups.remove(group.id(), group);
        onChange.run();
    }

    /** The group of this id, if there is one. */
    Optional<CoordinatedGroup> find(String groupId) {
        return Optional.ofNullable(groups.get(groupId));
    }

    /**
     * The log is one of before, and the members that it tells of have lived on since: they go, as if their sessions had ended, and
     * join again. Or else one would read on where it is, and not where the group is.
     */
    public void expelAll() {
        for (CoordinatedGroup group : all()) {
            if (group.hasMembers()) {
                group.steer(request -> new SteeringEvent.Expel(request, MemberPick.everybody()));
            }
        }
    }

    /** What a member hears whose group is not here. */
    ErrorCode absence(String groupId) {
        return former.absence(groupId);
    }

    /**
     * Does something that may call a group into being: at once, or with a log that has to be made first on a worker.
     *
     * @param workers run what takes long
     */
    <T> CompletionStage<T> whenPrepared(Executor workers, Supplier<CompletionStage<T>> work) {
        return log.isPrepared()
                ? work.get()
                : CompletableFuture.supplyAsync(work, workers).thenCompose(Function.identity());
    }

    /**
     * The group of this id, created without members when there is none.
     *
     * @throws BrokerException NOT_COORDINATOR after the close: nobody shall wait where nothing happens any more
     */
    CoordinatedGroup findOrCreate(String groupId) {
        if (closed) {
            throw new BrokerException(ErrorCode.NOT_COORDINATOR, "This coordinator is closed.");
        }
        CoordinatedGroup present = groups.get(groupId);
        if (present != null) {
            return present;
        }
        log.prepare();
        CoordinatedGroup created =
                groups.computeIfAbsent(groupId, id -> CoordinatedGroup.created(id, context, this::forget));
        if (closed) {
            // The close may have come too early to see it. Whoever comes to it now finds it dead, and looks for
            // another.
            created.retire();
        }
        return created;
    }

    /** {@link GroupLog#begin}, with a log that is made when there is none yet. */
    GroupLog.TransactionStart begin(String groupId, ProducerIdentity producer, boolean producerBumpsEpochs) {
        if (!log.isPrepared()) {
            log.prepare();
        }
        return log.begin(groupId, producer, producerBumpsEpochs);
    }

    /** The marker that ends a producer's transaction is in the log. */
    void transactionEnded(long producerId, LogPosition marker, Outcome outcome) {
        for (String groupId : context.pendingGroups().of(producerId)) {
            find(groupId).ifPresent(group -> group.transactionEnded(producerId, marker, outcome));
        }
    }

    /** All groups as they are now, by id. */
    List<CoordinatedGroup> all() {
        List<CoordinatedGroup> all = new ArrayList<>(groups.values());
        // Written out, as at each start: the JDK makes a class for a comparator that is put together.
        all.sort((one, other) -> one.id().compareTo(other.id()));
        return all;
    }

    /** The broker stops: whoever still waits is told NOT_COORDINATOR, and no deadline is left. The log keeps all. */
    @Override
    public void close() {
        closed = true;
        for (CoordinatedGroup group : all()) {
            if (group.hasMembers()) {
                former.remember(group.id());
            }
            group.retire();
        }
    }
}
