package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.TopicRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The topics that there are: the catalog's content in memory, by name and by id.
 *
 * <p>Look-ups take no lock. Changes are made one at a time, are in the catalog before they are seen here, and are told
 * to the listeners before the change returns: whoever sees a topic here finds its partitions. They write files, so they
 * are made on threads that may wait, and in the order in which those came: a request with thousands of topics lets
 * others in between.
 */
public final class TopicRegistry {
    private static final Logger LOG = System.getLogger(TopicRegistry.class.getName());

    private final TopicCatalog catalog;
    /** Held over a change; fair, lest one thread that makes many keeps all others waiting. */
    private final ReentrantLock changing = new ReentrantLock(true);

    private final List<TopicListener> listeners = new ArrayList<>();
    private final Map<String, Topic> byName = new ConcurrentHashMap<>();
    private final Map<UUID, Topic> byId = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong creations = new AtomicLong();
    private volatile Runnable onChange = () -> {};

    public TopicRegistry(TopicCatalog catalog) {
        this.catalog = catalog;
    }

    /** Adds a listener; all are added before {@link #load}. */
    public void addListener(TopicListener listener) {
        listeners.add(listener);
    }

    /** From now on tells {@code listener}, and nobody else, when a change can be seen here; cheap. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Reads the catalog; called once, at the start. */
    public void load() {
        exclusively(() -> {
            for (Topic topic : catalog.load()) {
                listeners.forEach(listener -> listener.topicOpened(topic));
                publish(topic);
            }
        });
    }

    /** The topic of this name, if there is one. */
    public Optional<Topic> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The topic that a request means, if there is one. */
    public Optional<Topic> find(TopicRef ref) {
        return Optional.ofNullable(ref.isById() ? byId.get(ref.id()) : byName.get(ref.name()));
    }

    /** Whether there is a topic of this id; what is being deleted is gone before any listener is told. */
    public boolean isThere(UUID topicId) {
        return byId.containsKey(topicId);
    }

    /** The names of all topics as they are now, in no order; only read. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** Grows after each change to any topic: asked before the topics are looked at, it hides none. */
    public long version() {
        return version.get();
    }

    /** How many topics were created, or opened at the start. */
    public long creations() {
        return creations.get();
    }

    /** All topics as they are now, by name. */
    public List<Topic> all() {
        List<Topic> topics = new ArrayList<>(byName.values());
        topics.sort((one, other) -> one.name().compareTo(other.name()));
        return topics;
    }

    /**
     * Adds a topic.
     *
     * @throws BrokerException TOPIC_ALREADY_EXISTS or, for a name that only differs from another in '.' and '_',
     *         INVALID_TOPIC_EXCEPTION: also when a concurrent request was faster
     */
    public void create(Topic topic) {
        create(topic, Set.of());
    }

    /** The same for one of several topics that a request creates, {@code together}: Kafka does not compare those. */
    void create(Topic topic, Set<String> together) {
        exclusively(() -> {
            refuseCollision(topic.name(), together);
            if (byName.containsKey(topic.name())) {
                throw new BrokerException(
                        ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + topic.name() + "' already exists.");
            }
            catalog.save(topic);
            listeners.forEach(listener -> listener.topicOpened(topic));
            publish(topic);
        });
    }

    /** Refuses a name that only differs in '.' and '_' from that of a topic which is not {@code together} with it. */
    void refuseCollision(String name, Set<String> together) {
        if (name.indexOf('.') < 0 && name.indexOf('_') < 0) {
            return;
        }
        for (String other : byName.keySet()) {
            if (TopicName.collide(name, other) && !together.contains(other)) {
                throw new BrokerException(
                        ErrorCode.INVALID_TOPIC_EXCEPTION,
                        "Topic '" + name + "' collides with existing topic: " + other);
            }
        }
    }

    /** Runs a check and the change that follows from it, with no other change to any topic in between. */
    public <T> T exclusively(Supplier<T> checkAndChange) {
        assert NonBlockingThread.mayWait() : "topics are changed on a thread that must not wait";
        changing.lock();
        try {
            return checkAndChange.get();
        } finally {
            changing.unlock();
        }
    }

    private void exclusively(Runnable change) {
        exclusively(() -> {
            change.run();
            return null;
        });
    }

    /** Replaces a topic by itself with other configs or more partitions; {@code before} must be its state until now. */
    public void update(Topic before, Topic after) {
        exclusively(() -> {
            if (!before.equals(byName.get(before.name()))) {
                throw new BrokerException(
                        ErrorCode.REQUEST_TIMED_OUT, "Topic '" + before.name() + "' was changed at the same time.");
            }
            catalog.save(after);
            listeners.forEach(listener -> listener.topicChanged(before, after));
            publish(after);
        });
    }

    /** Tells the listeners that what topics fall back to has changed: of each topic, as if its own configs had. */
    public void defaultsChanged() {
        exclusively(() -> {
            for (Topic topic : byName.values()) {
                listeners.forEach(listener -> listener.topicChanged(topic, topic));
            }
        });
    }

    /**
     * Removes a topic and tells the listeners, who delete its data, while other topics may change already; false when it
     * was not there any more.
     *
     * <p>The catalog decides: once it has taken the deletion, the topic is gone for good and the caller is told so,
     * whatever becomes of the data. A log that cannot be deleted takes space until the next start, and no other topic
     * will ever read it.
     *
     * @throws BrokerException KAFKA_STORAGE_ERROR when the catalog did not take it; the topic is then as it was
     */
    public boolean delete(Topic topic) {
        boolean isGone = exclusively(() -> {
            if (!byId.containsKey(topic.id())) {
                return false;
            }
            catalog.beginDeletion(topic);
            byId.remove(topic.id());
            byName.remove(topic.name());
            version.incrementAndGet();
            tellAll(topic, TopicListener::topicDeleted);
            onChange.run();
            return true;
        });
        if (isGone && tellAll(topic, TopicListener::deleteData)) {
            exclusively(() -> forget(topic));
        }
        return isGone;
    }

    /** None of the listeners keeps the others from hearing of it; true when all of them did what they are to do. */
    private boolean tellAll(Topic deleted, BiConsumer<TopicListener, Topic> what) {
        boolean allDone = true;
        for (TopicListener listener : listeners) {
            allDone &= tell(listener, deleted, what);
        }
        return allDone;
    }

    private static boolean tell(TopicListener listener, Topic deleted, BiConsumer<TopicListener, Topic> what) {
        try {
            what.accept(listener, deleted);
            return true;
        } catch (BrokerException storage) {
            LOG.log(
                    Level.WARNING,
                    "Topic " + deleted.name() + " is deleted, but not all of its space is free before the next start: "
                            + storage.getMessage());
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "Topic " + deleted.name() + " is deleted, but not everywhere.", bug);
        }
        return false;
    }

    private void forget(Topic deleted) {
        try {
            catalog.finishDeletion(deleted);
        } catch (BrokerException storage) {
            LOG.log(Level.WARNING, "The next start looks for the topic's logs once more: " + storage.getMessage());
        }
    }

    private void publish(Topic topic) {
        byName.put(topic.name(), topic);
        boolean isNew = byId.put(topic.id(), topic) == null;
        if (isNew) {
            creations.incrementAndGet();
        }
        version.incrementAndGet();
        onChange.run();
    }
}
