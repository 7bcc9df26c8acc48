package io.strikemq.domain.group.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.GroupTimers;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.group.steering.SteeringOutcome;
import io.strikemq.domain.settings.GroupSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A group with its own clock, deadlines and log: runs effects as the coordinator does, and checks invariants. */
final class GroupFixture {
    private final ClassicGroupRules rules;
    private final GroupTimers deadlines = new GroupTimers(deadline -> apply(new GroupEvent.DeadlinePassed(deadline)));
    private final Map<Long, Object> answers = new HashMap<>();
    private final List<Long> open = new ArrayList<>();
    private final List<GroupSnapshot> log = new ArrayList<>();
    private ErrorCode storeError = ErrorCode.NONE;
    private ClassicGroup group;
    private long lastRequest;
    private int lastId;

    GroupFixture() {
        this(GroupSettings.DEFAULT);
    }

    GroupFixture(GroupSettings settings) {
        rules = new ClassicGroupRules(settings);
        group = ClassicGroup.empty("g", deadlines.nowMs());
        apply(new ClassicGroupEvent.Created());
    }

    // What happens to the group.

    JoinRequest join(String client) {
        return new JoinRequest(this, client);
    }

    Ticket sync(String memberId, String... assignments) {
        return sync(new GroupMember("g", generation(), memberId, null), null, null, assignments);
    }

    /** Assignments are written as {@code member=partitions}. */
    Ticket sync(GroupMember member, String type, String protocol, String... assignments) {
        List<SyncCommand.Assignment> brought = Arrays.stream(assignments)
                .map(each -> each.split("="))
                .map(parts -> new SyncCommand.Assignment(parts[0], bytes(parts[1])))
                .toList();
        return request(id -> new ClassicGroupEvent.Sync(id, new SyncCommand(member, type, protocol, brought)));
    }

    ErrorCode heartbeat(String memberId) {
        return heartbeat(new GroupMember("g", generation(), memberId, null));
    }

    ErrorCode heartbeat(GroupMember member) {
        return request(id -> new ClassicGroupEvent.Heartbeat(id, member)).code();
    }

    ErrorCode commit(int generation, String memberId, String instanceId) {
        GroupMember member = new GroupMember("g", generation, memberId, instanceId);
        return request(id -> new GroupEvent.Commit(id, new GroupEvent.OffsetsWanted(member, true, Map.of())))
                .code();
    }

    LeaveResult leave(LeavingMember... members) {
        return (LeaveResult) answerOf(
                request(id -> new ClassicGroupEvent.Leave(id, List.of(members))).id());
    }

    ErrorCode leave(String memberId) {
        return leave(new LeavingMember(memberId, null, null)).members().get(0).error();
    }

    void retire() {
        apply(new GroupEvent.Retired());
    }

    /** Lets time pass; deadlines pass in their order. */
    void pass(Duration duration) {
        deadlines.pass(duration);
    }

    /** From now on nothing can be stored. */
    void breakStorage(ErrorCode error) {
        storeError = error;
    }

    void repairStorage() {
        storeError = ErrorCode.NONE;
    }

    /** The broker starts anew with what is in the log. */
    void restart() {
        deadlines.clear();
        open.clear();
        group = ClassicGroup.restored(log.get(log.size() - 1));
        apply(new GroupEvent.Loaded());
    }

    // Shortcuts through whole rebalances.

    /** Members join a group one after another and get assignments; returns their ids. */
    List<String> stableWith(String... clients) {
        List<Ticket> tickets =
                Arrays.stream(clients).map(client -> join(client).with("range")).toList();
        pass(Duration.ZERO);
        List<String> ids =
                tickets.stream().map(ticket -> ticket.join().memberId()).toList();
        syncAll(ids);
        return ids;
    }

    /** All members sync, the leader with one assignment for each. */
    void syncAll(List<String> memberIds) {
        String[] assignments = memberIds.stream().map(id -> id + "=of " + id).toArray(String[]::new);
        for (String id : memberIds) {
            sync(id, id.equals(group.generation().leaderId()) ? assignments : new String[0]);
        }
        assertEquals(ClassicGroupState.STABLE, group.state());
    }

    // What became of it.

    ClassicGroup group() {
        return group;
    }

    ClassicGroupState state() {
        return group.state();
    }

    int generation() {
        return group.generation().id();
    }

    String leader() {
        return group.generation().leaderId();
    }

    List<String> memberIds() {
        return List.copyOf(group.members().keySet());
    }

    List<GroupSnapshot> log() {
        return log;
    }

    GroupTimers deadlines() {
        return deadlines;
    }

    Object answerOf(long request) {
        Object answer = answers.get(request);
        assertNotNull(answer, "request " + request + " is still waiting");
        return answer;
    }

    boolean isAnswered(long request) {
        return answers.containsKey(request);
    }

    String freshId(String prefix) {
        return prefix + "-" + ++lastId;
    }

    Ticket request(java.util.function.LongFunction<GroupEvent> event) {
        long id = ++lastRequest;
        open.add(id);
        apply(event.apply(id));
        return new Ticket(this, id);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private void apply(GroupEvent first) {
        Deque<GroupEvent> events = new ArrayDeque<>(List.of(first));
        while (!events.isEmpty()) {
            GroupEvent event = events.poll();
            ClassicGroup before = group;
            Transition<ClassicGroup> transition = event instanceof SteeringEvent steering
                    ? steered(steering)
                    : rules.apply(group, event, deadlines.nowMs());
            group = transition.next();
            transition.effects().forEach(effect -> run(effect, events));
            if (events.isEmpty()) {
                GroupInvariants.check(before, event, group, deadlines, open);
            }
        }
    }

    /** Steers members that are there, by their ids; what cannot be stored has not happened. */
    private Transition<ClassicGroup> steered(SteeringEvent event) {
        long now = deadlines.nowMs();
        long request = event.request();
        Transition<ClassicGroup> transition;
        if (event instanceof SteeringEvent.Rebalance) {
            transition = rules.steering().rebalance(group, request, now);
        } else if (event instanceof SteeringEvent.Expel expel) {
            transition = rules.steering().expel(group, List.of(expel.who().value()), request, now);
        } else if (event instanceof SteeringEvent.Fence fence) {
            Map<String, String> newIds = Map.of(fence.who().value(), fence.freshMemberId());
            transition = rules.steering().fence(group, newIds, request, now);
        } else if (event instanceof SteeringEvent.Script script) {
            Map<String, Map<String, Set<Integer>>> shares = new HashMap<>();
            script.assignment()
                    .shares()
                    .forEach(share -> shares.computeIfAbsent(share.member().value(), id -> new HashMap<>())
                            .put(share.topic(), Set.copyOf(share.partitions())));
            transition = rules.steering().script(group, shares, request, now);
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
        boolean cannotBeStored = storeError != ErrorCode.NONE
                && transition.effects().stream().anyMatch(GroupEffect.Append.class::isInstance);
        return cannotBeStored
                ? new Transition<>(
                        group,
                        List.of(new GroupEffect.Answer(request, SteeringOutcome.refused(storeError, "not stored"))))
                : transition;
    }

    private void run(GroupEffect effect, Deque<GroupEvent> events) {
        if (effect instanceof GroupEffect.Answer answer) {
            answer(answer.request(), answer.result());
        } else if (effect instanceof GroupEffect.SetDeadline set) {
            deadlines.set(set.deadline(), set.delay());
        } else if (effect instanceof GroupEffect.CancelDeadline cancel) {
            deadlines.cancel(cancel.slot());
        } else if (effect instanceof GroupEffect.Store store) {
            if (storeError == ErrorCode.NONE) {
                log.add(((ClassicGroupRecord) store.what()).value());
                events.add(new GroupEvent.Stored(store.purpose()));
            } else {
                events.add(new GroupEvent.StoringFailed(store.purpose(), storeError));
            }
        } else if (effect instanceof GroupEffect.Append append) {
            append.records().forEach(record -> log.add(((ClassicGroupRecord) record).value()));
        } else if (effect instanceof GroupEffect.Forget) {
            deadlines.clear();
        }
    }

    private void answer(long request, Object result) {
        assertTrue(open.remove((Long) request), "request " + request + " was not waiting");
        assertNull(answers.put(request, result), "request " + request + " was answered twice");
    }
}
