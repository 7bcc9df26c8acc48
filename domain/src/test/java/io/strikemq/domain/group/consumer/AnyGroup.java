package io.strikemq.domain.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupTimers;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.consumer.assignor.Assignors;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.group.migration.GroupRules;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A group of any kind with its own clock, topics, deadlines and log: runs effects as the coordinator does, and checks invariants. */
public final class AnyGroup {
    static final String ID = "g";
    private static final ErrorCode NOT_STORED = ErrorCode.COORDINATOR_NOT_AVAILABLE;
    /** A regular expression that is none. */
    static final String FAULTY = "(";

    private record Search(Set<String> regexes, long version, long timestamp) {}

    private final FakeTopics topics = new FakeTopics();
    private final GroupRules rules;
    private final GroupTimers deadlines = new GroupTimers(deadline -> apply(new GroupEvent.DeadlinePassed(deadline)));
    private final Map<Long, Object> answers = new HashMap<>();
    private final List<Long> open = new ArrayList<>();
    private final List<GroupRecord> log = new ArrayList<>();
    private final Deque<Search> searches = new ArrayDeque<>();
    private long writesLeft = Long.MAX_VALUE;
    private Group group;
    private long lastRequest;
    private int lastId;

    /** A group that nobody has joined yet, of the usual settings. */
    public AnyGroup() {
        this(ConsumerGroupSettings.DEFAULT, FixedTimes.USUAL);
    }

    AnyGroup(ConsumerGroupSettings settings, GroupTimes times) {
        rules = new GroupRules(
                GroupSettings.DEFAULT,
                settings,
                Assignors.named(settings.assignors()),
                topics,
                times,
                regex -> regex.equals(FAULTY) ? "missing closing )" : null);
        begin();
    }

    /** Nobody knows the group yet, or any more. */
    private void begin() {
        group = ClassicGroup.empty(ID, deadlines.nowMs());
        apply(new ClassicGroupEvent.Created());
    }

    // What happens to it.

    /** Asks something; a number to look up the answer with. */
    public long request(LongFunction<GroupEvent> event) {
        if (group.isDead()) {
            begin();
        }
        long id = ++lastRequest;
        open.add(id);
        ErrorCode failure = apply(event.apply(id));
        if (failure != ErrorCode.NONE) {
            answer(id, failure);
        }
        return id;
    }

    /** Lets time pass; deadlines pass in their order. */
    public void pass(Duration duration) {
        deadlines.pass(duration);
    }

    /** The oldest search for topics ends, if there is one. */
    public void search() {
        Search search = searches.poll();
        if (search == null) {
            return;
        }
        Map<String, Set<String>> found = search.regexes().stream()
                .collect(Collectors.toMap(
                        regex -> regex,
                        regex -> topics.names().stream()
                                .filter(name -> Pattern.matches(regex, name))
                                .collect(Collectors.toSet())));
        if (apply(new ConsumerGroupEvent.TopicsResolved(found, search.version(), search.timestamp()))
                != ErrorCode.NONE) {
            apply(new ConsumerGroupEvent.ResolvingFailed());
        }
    }

    /** The oldest search for topics fails, if there is one. */
    void failSearch() {
        if (searches.poll() != null) {
            apply(new ConsumerGroupEvent.ResolvingFailed());
        }
    }

    /** From now on nothing can be stored. */
    void breakStorage() {
        breakStorageAfter(0);
    }

    /** After so many writes more. */
    void breakStorageAfter(long writes) {
        writesLeft = writes;
    }

    void repairStorage() {
        writesLeft = Long.MAX_VALUE;
    }

    /** The broker starts anew with what is in the log. */
    public void restart() {
        Group read = restored();
        GroupInvariants.assertSame(group, read);
        deadlines.clear();
        searches.clear();
        open.clear();
        group = read;
        apply(new GroupEvent.Loaded());
    }

    /** The group is deleted, if it may be. */
    ErrorCode delete() {
        ErrorCode allowed = group.deletable();
        if (allowed == ErrorCode.NONE) {
            log.addAll(group.tombstones());
            apply(new GroupEvent.Retired());
            int end = log.size();
            while (!searches.isEmpty()) {
                search();
            }
            assertEquals(end, log.size(), "a group that is gone writes nothing");
            begin();
        }
        return allowed;
    }

    /** What a restart would read, of all that was written and of what compaction leaves. */
    private Group restored() {
        Map<Object, GroupRecord> compacted = new LinkedHashMap<>();
        for (GroupRecord each : log) {
            Object key = LogKeys.of(each);
            compacted.remove(key);
            compacted.put(key, each);
        }
        Group read = read(log);
        GroupInvariants.assertSame(read, read(compacted.values()));
        return read;
    }

    private Group read(Iterable<GroupRecord> records) {
        ConsumerGroupBuilder builder = new ConsumerGroupBuilder(ID);
        GroupSnapshot snapshot = null;
        for (GroupRecord each : records) {
            if (each instanceof ClassicGroupRecord classic) {
                snapshot = classic.value();
            } else {
                builder.replay((ConsumerGroupRecord) each);
            }
        }
        if (builder.isThere()) {
            assertNull(snapshot, "the log tells of two groups");
            return builder.build(deadlines.nowMs());
        }
        return snapshot == null ? ClassicGroup.empty(ID, deadlines.nowMs()) : ClassicGroup.restored(snapshot);
    }

    // What became of it.

    FakeTopics topics() {
        return topics;
    }

    /** The group as it is. */
    public Group group() {
        return group;
    }

    ConsumerGroup consumers() {
        return (ConsumerGroup) group;
    }

    GroupTimers deadlines() {
        return deadlines;
    }

    List<GroupRecord> log() {
        return log;
    }

    /** The answer to a request, an {@link ErrorCode} where the event has not happened; null while somebody waits. */
    public Object answerTo(long request) {
        return answers.get(request);
    }

    /** Whether the broker knows nothing of the request any more. */
    boolean isLost(long request) {
        return !answers.containsKey(request) && !open.contains(request);
    }

    String freshId() {
        return "fresh-" + ++lastId;
    }

    private ErrorCode apply(GroupEvent first) {
        Group before = group;
        Group now = group;
        List<Runnable> actions = new ArrayList<>();
        Deque<GroupEvent> events = new ArrayDeque<>(List.of(first));
        while (!events.isEmpty()) {
            Transition<? extends Group> transition = rules.apply(now, events.poll(), deadlines.nowMs());
            now = transition.next();
            for (GroupEffect effect : transition.effects()) {
                if (effect instanceof GroupEffect.Append append && !write(append.records())) {
                    if (first instanceof GroupEvent.DeadlinePassed passed) {
                        deadlines.set(passed.deadline(), Duration.ofMillis(500));
                    }
                    return NOT_STORED;
                }
                run(effect, events, actions);
            }
        }
        group = now;
        actions.forEach(Runnable::run);
        GroupInvariants.check(before, first, group, deadlines, open);
        return ErrorCode.NONE;
    }

    private void run(GroupEffect effect, Deque<GroupEvent> events, List<Runnable> actions) {
        if (effect instanceof GroupEffect.Answer answer) {
            actions.add(() -> answer(answer.request(), answer.result()));
        } else if (effect instanceof GroupEffect.SetDeadline set) {
            actions.add(() -> deadlines.set(set.deadline(), set.delay()));
        } else if (effect instanceof GroupEffect.KeepDeadline keep) {
            actions.add(() -> {
                if (!deadlines.has(keep.deadline().slot())) {
                    deadlines.set(keep.deadline(), keep.delay());
                }
            });
        } else if (effect instanceof GroupEffect.CancelDeadline cancel) {
            actions.add(() -> deadlines.cancel(cancel.slot()));
        } else if (effect instanceof GroupEffect.CancelDeadlines || effect instanceof GroupEffect.Forget) {
            actions.add(deadlines::clear);
        } else if (effect instanceof GroupEffect.ResolveTopics resolve) {
            Search search = new Search(resolve.regularExpressions(), topics.creations(), deadlines.nowMs());
            actions.add(() -> searches.add(search));
        } else if (effect instanceof GroupEffect.Store store) {
            store(store, events);
        }
    }

    private void store(GroupEffect.Store store, Deque<GroupEvent> events) {
        if (write(List.of(store.what()))) {
            events.add(new GroupEvent.Stored(store.purpose()));
        } else {
            events.add(new GroupEvent.StoringFailed(store.purpose(), NOT_STORED));
        }
    }

    /** Whether it could be done: whole or not at all. */
    private boolean write(List<GroupRecord> records) {
        if (writesLeft == 0) {
            return false;
        }
        writesLeft--;
        log.addAll(records);
        return true;
    }

    private void answer(long request, Object result) {
        assertTrue(open.remove((Long) request), "request " + request + " was not waiting");
        assertNull(answers.put(request, result), "request " + request + " was answered twice");
    }
}
