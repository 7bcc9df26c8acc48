package io.strikemq.application.partition;

import io.strikemq.application.topic.TopicListener;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.TopicSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The partitions of all topics. A partition costs next to nothing until it is first used: only then is its log opened.
 * The broker's own are opened with their topic, since groups append to them on any thread.
 *
 * <p>Look-ups take no lock and may come from any thread; the topic registry tells of changes, one at a time.
 */
public final class Partitions implements TopicListener, AutoCloseable {
    /** The one epoch there is while one broker leads all partitions for ever. */
    private static final int LEADER_EPOCH = 0;

    private final PartitionLogs logs;
    private final Function<Topic, TopicSettings> settings;
    private final PartitionContext context;
    private final PartitionOpening opening;
    private volatile Runnable onAppend = () -> {};
    private volatile Runnable onStartMoved = () -> {};
    private volatile BiConsumer<TopicPartition, LogRead.Damaged> onDamage = (partition, damage) -> {};
    private final Map<String, Partition[]> byName = new ConcurrentHashMap<>();
    private final Map<UUID, Partition[]> byId = new ConcurrentHashMap<>();

    /**
     * {@code settings}: what hold for a topic, asked whenever its log is opened or its configs change; cheap.
     * {@code background}: runs what takes long and nobody waits for, one task after the other. {@code workers}: run what
     * takes long and a request waits for.
     */
    public Partitions(
            PartitionLogs logs,
            Function<Topic, TopicSettings> settings,
            ProducerSettings producers,
            Clock clock,
            Executor background,
            Executor workers) {
        this.logs = logs;
        this.settings = settings;
        this.context = new PartitionContext(
                this::openLog,
                settings,
                producers,
                clock,
                background,
                () -> onAppend.run(),
                () -> onStartMoved.run(),
                (partition, damage) -> onDamage.accept(partition, damage));
        this.opening = new PartitionOpening(workers);
    }

    /** From now on tells {@code listener} too of each append to any partition: on the thread that appends, and without a lock. */
    public synchronized void onAppend(Runnable listener) {
        Runnable others = onAppend;
        onAppend = () -> {
            others.run();
            listener.run();
        };
    }

    /** From now on tells {@code listener}, and nobody else, after the start of any log has moved. */
    public void onStartMoved(Runnable listener) {
        onStartMoved = listener;
    }

    /** From now on tells {@code listener}, and nobody else, of what reads find damaged: each time. */
    public void onDamage(BiConsumer<TopicPartition, LogRead.Damaged> listener) {
        onDamage = listener;
    }

    /** Whether there may be anything in a partition's log, open or not. May touch files. */
    public boolean hasLog(Partition partition) {
        return logs.contains(new TopicIdPartition(partition.topic().id(), partition.name()));
    }

    /** Whether a partition has no log that would have to be opened. May touch files. */
    public boolean isUnused(Partition partition) {
        return partition.needsOpening() && !hasLog(partition);
    }

    /** The partition that a request means; null when there is none, and then {@link #absence} says why. */
    public Partition find(TopicRef topic, int partition) {
        return at(topic.isById() ? byId.get(topic.id()) : byName.get(topic.name()), partition);
    }

    /** The partition of that name; null when there is none. */
    public Partition find(TopicPartition name) {
        return at(byName.get(name.topic()), name.partition());
    }

    /** All partitions, in no order. */
    public Stream<Partition> all() {
        return byName.values().stream().flatMap(Arrays::stream);
    }

    /**
     * The list, and the partition if its log has to be opened first; null adds nothing. Starting with an empty list, a
     * caller collects what it has to hand to {@link #whenOpen}, and makes no object as long as all is open.
     */
    public static List<Partition> withUnopened(List<Partition> unopened, Partition partition) {
        if (partition == null || !partition.needsOpening()) {
            return unopened;
        }
        List<Partition> longer = unopened.isEmpty() ? new ArrayList<>() : unopened;
        longer.add(partition);
        return longer;
    }

    /**
     * Does {@code work} when each of these partitions was opened, as far as that is possible: on a worker, or with none
     * to be opened here and now. No thread waits meanwhile.
     */
    public <T> CompletionStage<T> whenOpen(List<Partition> unopened, Supplier<T> work) {
        return opening.whenOpen(unopened, work);
    }

    /** Does {@code work} on a worker, for what takes long and is no opening. No thread waits meanwhile. */
    public <T> CompletionStage<T> onWorker(Supplier<T> work) {
        return opening.onWorker(work);
    }

    private static Partition at(Partition[] all, int partition) {
        return all == null || partition < 0 || partition >= all.length ? null : all[partition];
    }

    /** What Kafka says of a partition that is not there: an unknown topic id has a code of its own. */
    public ErrorCode absence(TopicRef topic) {
        return topic.isById() && !byId.containsKey(topic.id())
                ? ErrorCode.UNKNOWN_TOPIC_ID
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    /** The name of the topic with this id; null when there is none. */
    public String topicName(UUID id) {
        Partition[] all = byId.get(id);
        return all == null ? null : all[0].name().topic();
    }

    /** Whether there is a topic of this name. */
    public boolean hasTopic(String name) {
        return byName.containsKey(name);
    }

    /** The settings that hold for the partition's topic. */
    public TopicSettings settings(Partition partition) {
        return settings.apply(partition.topic());
    }

    @Override
    public void topicOpened(Topic topic) {
        publish(topic, new Partition[0]);
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        Partition[] present = byName.get(after.name());
        for (Partition partition : present) {
            partition.topicChanged(after);
        }
        if (after.partitionCount() > present.length) {
            publish(after, present);
        }
    }

    private void publish(Topic topic, Partition[] present) {
        Partition[] all = Arrays.copyOf(present, topic.partitionCount());
        for (int i = present.length; i < all.length; i++) {
            all[i] = create(topic, new TopicPartition(topic.name(), i));
            if (topic.isInternal()) {
                openNow(all[i]);
            }
        }
        byName.put(topic.name(), all);
        byId.put(topic.id(), all);
    }

    private static void openNow(Partition partition) {
        try {
            partition.end();
        } catch (BrokerException told) {
            // Logged where it failed, and told to whoever uses the partition.
        }
    }

    private Partition create(Topic topic, TopicPartition name) {
        return new Partition(topic, name, LEADER_EPOCH, context);
    }

    private PartitionLog openLog(Topic topic, TopicPartition name) {
        return logs.open(
                new TopicIdPartition(topic.id(), name), settings.apply(topic).logSettings());
    }

    @Override
    public void topicDeleted(Topic topic) {
        Partition[] all = byId.get(topic.id());
        // Those who wait hear of it while the partition can still be found: their error is then that of the partition.
        for (Partition partition : all) {
            partition.delete();
        }
        byName.remove(topic.name());
        byId.remove(topic.id());
    }

    /** Deletes as many logs as can be deleted, and tells of the first that cannot. */
    @Override
    public void deleteData(Topic topic) {
        BrokerException first = null;
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            try {
                logs.delete(new TopicIdPartition(topic.id(), new TopicPartition(topic.name(), partition)));
            } catch (BrokerException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Where all logs end at one moment: no append is under way then anywhere. Those that were never used are left out. May wait for
     * logs to be opened. No topic is created or deleted meanwhile.
     */
    public Map<TopicIdPartition, Long> endsAtOneMoment() {
        List<Partition> all = all().toList();
        all.stream().filter(each -> each.needsOpening() && hasLog(each)).forEach(Partition::end);
        Map<TopicIdPartition, Long> ends = new LinkedHashMap<>();
        int held = 0;
        try {
            while (held < all.size()) {
                all.get(held).hold();
                held++;
            }
            for (Partition each : all) {
                long end = each.heldEnd();
                if (end >= 0) {
                    ends.put(new TopicIdPartition(each.topic().id(), each.name()), end);
                }
            }
        } finally {
            all.subList(0, held).forEach(Partition::letGo);
        }
        return ends;
    }

    /**
     * Closes all logs as they are, for good: nobody reads them again. Whoever waits for them to grow is told, and whoever comes
     * later, NOT_LEADER_OR_FOLLOWER. No topic is created meanwhile.
     */
    public void abandon() {
        all().forEach(Partition::abandon);
    }

    /** Closes all logs, each with a checkpoint, so that the next start has nothing to recover. */
    @Override
    public void close() {
        new ParallelClosing(all().toList()).run();
    }
}
