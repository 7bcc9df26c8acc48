package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A client of the classic protocol; as a leader it leaves everybody what it has, and deals out the rest. */
final class ModelClassicClient extends ModelClient {
    private static final List<List<String>> WISHES =
            List.of(List.of("a"), List.of("a", "b"), List.of("b", "c"), List.of());

    private enum Phase {
        GONE,
        TO_JOIN,
        JOINING,
        SYNCING,
        STABLE
    }

    /** Whether it keeps its partitions while it joins. */
    private final boolean isCooperative;

    private Phase phase = Phase.GONE;
    private String id = "";
    private int generation = -1;
    private long request;
    private JoinResult joined;
    private List<String> wish = WISHES.get(0);
    private Set<Partition> owned = new HashSet<>();
    private Set<Partition> told = new HashSet<>();

    ModelClassicClient(AnyGroup group, String name, String instanceId, boolean isCooperative) {
        super(group, name, instanceId);
        this.isCooperative = isCooperative;
    }

    @Override
    void poll(boolean isLost) {
        switch (phase) {
            case GONE, TO_JOIN -> join();
            case STABLE -> heartbeat();
            case JOINING, SYNCING -> {}
        }
        if (isLost) {
            request = -1;
        }
        hear();
    }

    private void join() {
        if (!isCooperative) {
            give();
        }
        settle();
        phase = Phase.JOINING;
        JoinCommand command = new JoinCommand(
                AnyGroup.ID,
                id,
                instanceId,
                Duration.ofSeconds(45),
                Duration.ofSeconds(60),
                "consumer",
                List.of(new JoinCommand.Protocol("range", ClassicBytes.subscription(wish, namesOf(owned)))),
                JoinCommand.MemberIdPolicy.ID_FIRST,
                JoinCommand.AssignmentSkipping.UNSUPPORTED,
                null);
        request = group.request(number -> new ClassicGroupEvent.Join(
                number, new Client(name, "/127.0.0.1"), command, group.freshId(), group.freshId()));
    }

    private void heartbeat() {
        long number = group.request(each -> new ClassicGroupEvent.Heartbeat(each, self()));
        ErrorCode error = (ErrorCode) group.answerTo(number);
        switch (error) {
            case NONE, COORDINATOR_NOT_AVAILABLE -> {}
            case REBALANCE_IN_PROGRESS -> phase = Phase.TO_JOIN;
            default -> lose(error);
        }
    }

    private GroupMember self() {
        return new GroupMember(AnyGroup.ID, generation, id, instanceId);
    }

    /** Takes notice of what was answered meanwhile, and goes on. */
    private void hear() {
        if (phase != Phase.JOINING && phase != Phase.SYNCING) {
            return;
        }
        Object answer = group.answerTo(request);
        if (answer instanceof JoinResult result) {
            hear(result);
        } else if (answer instanceof SyncResult result) {
            hear(result);
        } else if (answer != null || group.isLost(request)) {
            phase = Phase.TO_JOIN;
        }
    }

    private void hear(JoinResult result) {
        switch (result.error()) {
            case NONE -> {
                id = result.memberId();
                generation = result.generationId();
                joined = result;
                sync();
            }
            case MEMBER_ID_REQUIRED -> {
                id = result.memberId();
                phase = Phase.TO_JOIN;
            }
            case REBALANCE_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE -> phase = Phase.TO_JOIN;
            default -> lose(result.error());
        }
    }

    private void sync() {
        phase = Phase.SYNCING;
        boolean leads = joined.leaderId().equals(id) && !joined.members().isEmpty();
        SyncCommand command = new SyncCommand(self(), "consumer", "range", leads ? dealt() : List.of());
        request = group.request(number -> new ClassicGroupEvent.Sync(number, command));
        hear();
    }

    private void hear(SyncResult result) {
        switch (result.error()) {
            case NONE -> {
                phase = Phase.STABLE;
                told = new HashSet<>();
                ClassicBytes.partitions(result.assignment())
                        .forEach((name, numbers) -> group.topics()
                                .find(name)
                                .ifPresent(
                                        topic -> numbers.forEach(each -> told.add(new Partition(topic.id(), each)))));
            }
            case REBALANCE_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE -> phase = Phase.TO_JOIN;
            default -> lose(result.error());
        }
    }

    private void lose(ErrorCode error) {
        give();
        phase = Phase.TO_JOIN;
        if (error == ErrorCode.FENCED_INSTANCE_ID) {
            die();
        } else if (error != ErrorCode.ILLEGAL_GENERATION) {
            id = "";
        }
    }

    private void give() {
        owned = new HashSet<>();
        told = new HashSet<>();
    }

    private Map<String, Set<Integer>> namesOf(Set<Partition> partitions) {
        Map<String, Set<Integer>> byName = new TreeMap<>();
        for (Partition each : partitions) {
            group.topics()
                    .find(each.topic())
                    .ifPresent(topic -> byName.computeIfAbsent(topic.name(), name -> new HashSet<>())
                            .add(each.number()));
        }
        return byName;
    }

    /** Everybody keeps what it has; each partition that is nobody's goes to who wants it and has least. */
    private List<SyncCommand.Assignment> dealt() {
        Map<String, ClassicBytes.Subscription> wanted = new TreeMap<>();
        joined.members().forEach(each -> wanted.put(each.memberId(), ClassicBytes.read(each.metadata())));
        Map<String, Map<String, Set<Integer>>> dealt = new TreeMap<>();
        wanted.keySet().forEach(member -> dealt.put(member, new TreeMap<>()));
        for (Topic topic : group.topics().all()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                deal(topic.name(), i, wanted, dealt);
            }
        }
        return dealt.entrySet().stream()
                .map(each -> new SyncCommand.Assignment(each.getKey(), ClassicBytes.assignment(each.getValue())))
                .toList();
    }

    private static void deal(
            String topic,
            int partition,
            Map<String, ClassicBytes.Subscription> wanted,
            Map<String, Map<String, Set<Integer>>> dealt) {
        String best = null;
        for (Map.Entry<String, ClassicBytes.Subscription> each : wanted.entrySet()) {
            boolean has = each.getValue().owned().getOrDefault(topic, Set.of()).contains(partition);
            if (has && !each.getValue().topics().contains(topic)) {
                return;
            }
            if (has) {
                best = each.getKey();
                break;
            }
            boolean isBetter = best == null || count(dealt.get(each.getKey())) < count(dealt.get(best));
            if (each.getValue().topics().contains(topic) && isBetter) {
                best = each.getKey();
            }
        }
        if (best != null) {
            dealt.get(best).computeIfAbsent(topic, name -> new HashSet<>()).add(partition);
        }
    }

    private static int count(Map<String, Set<Integer>> partitions) {
        return partitions.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    void settle() {
        boolean gives = !told.containsAll(owned);
        owned = new HashSet<>(told);
        if (gives && isCooperative && phase == Phase.STABLE) {
            // Others may wait for what it gave up (KIP-429).
            phase = Phase.TO_JOIN;
        }
    }

    @Override
    void leave(boolean forAWhile) {
        // A static member's client goes without a word, to come back.
        if (!id.isEmpty() && phase != Phase.GONE && (instanceId == null || !forAWhile)) {
            LeavingMember leaving = new LeavingMember(id, instanceId, null);
            group.request(number -> new ClassicGroupEvent.Leave(number, List.of(leaving)));
        }
        die();
    }

    @Override
    void die() {
        give();
        phase = Phase.GONE;
        id = "";
    }

    @Override
    boolean isMember() {
        boolean isKnown = group.group() instanceof ConsumerGroup consumers
                ? consumers.members().containsKey(id)
                : group.group() instanceof ClassicGroup classic
                        && classic.members().containsKey(id);
        return isKnown && phase != Phase.GONE;
    }

    @Override
    Set<Partition> owned() {
        return owned;
    }

    @Override
    String memberId() {
        return id;
    }

    @Override
    boolean keepsReading() {
        return isCooperative;
    }

    @Override
    boolean isRunning() {
        return phase != Phase.GONE;
    }

    @Override
    void want(int what) {
        wish = WISHES.get(what % WISHES.size());
        if (phase == Phase.STABLE) {
            phase = Phase.TO_JOIN;
        }
    }

    @Override
    boolean wants(String topic) {
        return wish.contains(topic);
    }

    @Override
    public String toString() {
        return name + " " + id + " " + phase + " " + generation + " " + new HashMap<>(namesOf(owned));
    }
}
