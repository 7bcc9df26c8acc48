package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.GroupEvent.Client;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A client of the consumer protocol (KIP-848): heartbeats say what has changed, and all of it after an error. */
final class ModelConsumer extends ModelClient {
    /** What such a client may want: topics by name, by a regular expression, or both. */
    private record Wish(List<String> names, String regex) {}

    private static final List<Wish> WISHES = List.of(
            new Wish(List.of("a"), ""),
            new Wish(List.of("a", "b"), ""),
            new Wish(List.of("b", "c"), ""),
            new Wish(List.of(), "[ab]"),
            new Wish(List.of(), "[bc].*"),
            new Wish(List.of("a"), "c"),
            new Wish(List.of(), ""),
            new Wish(List.of(), AnyGroup.FAULTY));

    private String id;
    private int generationOfId;
    private boolean isRunning;
    private boolean isJoined;
    private boolean isFull = true;
    private boolean hasNews;
    private int epoch;
    private Wish wish = WISHES.get(0);
    private String assignor;
    private Set<Partition> owned = new HashSet<>();
    private Set<Partition> told = new HashSet<>();

    ModelConsumer(AnyGroup group, String name, String instanceId) {
        super(group, name, instanceId);
    }

    @Override
    void poll(boolean isLost) {
        if (!isRunning) {
            isRunning = true;
            id = name + "-" + ++generationOfId;
            begin();
        }
        boolean full = isFull || !isJoined;
        if (full) {
            // It says in full what it has. What it has not begun to read it takes no more: others may get it now.
            told.retainAll(owned);
        }
        Object answer = send(new ConsumerHeartbeat(
                AnyGroup.ID,
                id,
                isJoined ? epoch : ConsumerHeartbeat.JOINING,
                instanceId,
                null,
                full ? 60_000 : -1,
                full || hasNews ? wish.names() : null,
                full || hasNews ? wish.regex() : null,
                full || hasNews ? assignor : null,
                full || hasNews ? partitions() : null));
        if (isLost) {
            isFull = true;
        } else if (answer instanceof HeartbeatResult result) {
            hear(result);
        } else {
            isFull = true;
        }
    }

    private Object send(ConsumerHeartbeat said) {
        long request = group.request(number ->
                new ConsumerGroupEvent.Heartbeat(number, new Client(name, "/127.0.0.1"), said, group.freshId()));
        return group.answerTo(request);
    }

    private void hear(HeartbeatResult result) {
        switch (result.error()) {
            case NONE -> {
                isFull = false;
                hasNews = false;
                isJoined = true;
                epoch = result.memberEpoch();
                if (result.assignment() != null) {
                    told = new HashSet<>();
                    result.assignment()
                            .forEach((topic, numbers) -> numbers.forEach(each -> told.add(new Partition(topic, each))));
                }
            }
            case UNRELEASED_INSTANCE_ID, FENCED_INSTANCE_ID -> die();
            case INVALID_REGULAR_EXPRESSION -> {
                wish = WISHES.get(3);
                isFull = true;
            }
            case FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID, GROUP_ID_NOT_FOUND, GROUP_MAX_SIZE_REACHED -> begin();
            case COORDINATOR_NOT_AVAILABLE -> isFull = true;
            default -> throw new AssertionError("an answer that no client expects: " + result);
        }
    }

    private void begin() {
        isJoined = false;
        isFull = true;
        epoch = 0;
        owned = new HashSet<>();
        told = new HashSet<>();
    }

    private List<TopicPartitions> partitions() {
        Map<UUID, Set<Integer>> byTopic = new TreeMap<>();
        owned.forEach(each ->
                byTopic.computeIfAbsent(each.topic(), id -> new TreeSet<>()).add(each.number()));
        return byTopic.entrySet().stream()
                .map(topic -> new TopicPartitions(topic.getKey(), List.copyOf(topic.getValue())))
                .toList();
    }

    @Override
    void settle() {
        if (isJoined && !owned.equals(told)) {
            owned = new HashSet<>(told);
            hasNews = true;
        }
    }

    @Override
    void leave(boolean forAWhile) {
        if (isJoined) {
            boolean returns = forAWhile && instanceId != null;
            int how = returns ? ConsumerHeartbeat.LEAVING_FOR_A_WHILE : ConsumerHeartbeat.LEAVING;
            send(new ConsumerHeartbeat(AnyGroup.ID, id, how, instanceId, null, -1, null, null, null, null));
        }
        die();
    }

    @Override
    void die() {
        isRunning = false;
        begin();
    }

    @Override
    boolean isMember() {
        return isJoined
                && group.group() instanceof ConsumerGroup consumers
                && consumers.members().containsKey(id);
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
        return false;
    }

    @Override
    boolean isRunning() {
        return isRunning;
    }

    @Override
    void want(int what) {
        wish = WISHES.get(what % WISHES.size());
        assignor = what % 3 == 0 ? "range" : assignor;
        hasNews = true;
    }

    @Override
    boolean wants(String topic) {
        return wish.names().contains(topic) || (isRegular(wish.regex()) && topic.matches(wish.regex()));
    }

    /** What is none is refused, and then the member wants nothing by it. */
    private static boolean isRegular(String regex) {
        return !regex.equals(AnyGroup.FAULTY);
    }
}
