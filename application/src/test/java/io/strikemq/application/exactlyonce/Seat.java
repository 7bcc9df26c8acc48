package io.strikemq.application.exactlyonce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Where a copier stands in its group: outside, or as the only member since it has sent all others away. */
final class Seat {
    private static final int MOST_TRIES = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SESSION = Duration.ofMinutes(10);

    /** Those who ever sat there: only who knows them can send them away. */
    private final List<String> known;

    private final boolean isMember;
    private GroupMember member;

    private Seat(String groupId, boolean isMember, List<String> known) {
        this.member = new GroupMember(groupId, -1, "", null);
        this.isMember = isMember;
        this.known = known;
    }

    /** Of a copier that no group fences. */
    static Seat outside(String groupId) {
        return new Seat(groupId, false, new ArrayList<>());
    }

    /** Of copiers that take each other's place in a group. */
    static List<Seat> ofMembers(String groupId, int count) {
        List<String> known = new ArrayList<>();
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new Seat(groupId, true, known));
        }
        return seats;
    }

    GroupMember member() {
        return member;
    }

    /** Makes sure that whoever sat here before is no member any more. */
    void take(MortalBroker broker) {
        if (!isMember) {
            return;
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<JoinResult> joined = join(broker);
            if (joined.isPresent()) {
                JoinResult result = joined.get();
                assertEquals(ErrorCode.NONE, result.error());
                known.add(result.memberId());
                member = new GroupMember(member.groupId(), result.generationId(), result.memberId(), null);
                if (sync(broker)) {
                    return;
                }
            }
        }
        fail("nobody becomes the only member of group " + member.groupId());
    }

    private Optional<JoinResult> join(MortalBroker broker) {
        List<LeavingMember> others =
                known.stream().map(id -> new LeavingMember(id, null, null)).toList();
        Optional<Boolean> cleared = broker.ask(() -> {
            broker.members().leave(OneBroker.CLIENT, member.groupId(), others);
            return true;
        });
        return cleared.isEmpty()
                ? Optional.empty()
                : await(
                        broker,
                        () -> broker.members().join(OneBroker.CLIENT, command()).toCompletableFuture());
    }

    /** The leader assigns everything to itself; false when it has to join once more. */
    private boolean sync(MortalBroker broker) {
        List<SyncCommand.Assignment> all =
                List.of(new SyncCommand.Assignment(member.memberId(), ByteBuffer.allocate(0)));
        return await(
                        broker,
                        () -> broker.members()
                                .sync(OneBroker.CLIENT, new SyncCommand(member, null, null, all))
                                .toCompletableFuture())
                .map(SyncResult::error)
                .filter(ErrorCode.NONE::equals)
                .isPresent();
    }

    /** An answer that may take its time; empty when it, or the process, is lost. */
    private static <T> Optional<T> await(MortalBroker broker, Supplier<CompletableFuture<T>> request) {
        Optional<CompletableFuture<T>> answer = broker.ask(request);
        for (int i = 0; i < MOST_TRIES && answer.isPresent() && !answer.get().isDone(); i++) {
            broker.pass(PAUSE);
        }
        return answer.map(future -> future.getNow(null));
    }

    private JoinCommand command() {
        return new JoinCommand(
                member.groupId(),
                "",
                null,
                SESSION,
                Duration.ofSeconds(5),
                "consumer",
                List.of(new JoinCommand.Protocol("range", ByteBuffer.allocate(0))),
                MemberIdPolicy.JOIN_AT_ONCE,
                AssignmentSkipping.UNSUPPORTED,
                null);
    }

    /** How far the group has read an input partition, once no transaction can change that any more (KIP-447). */
    long committed(MortalBroker broker, int input) {
        GroupOffsetsQuery query = new GroupOffsetsQuery(
                member.groupId(),
                null,
                -1,
                List.of(new GroupOffsetsQuery.Partition(TopicRef.byName(MortalBroker.INPUT), input)),
                Stability.STABLE_ONLY);
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Row> row = broker.ask(() ->
                    broker.offsets().committed(OneBroker.CLIENT, query).rows().get(0));
            if (row.isPresent() && row.get().error() == ErrorCode.NONE) {
                return Math.max(0, row.get().offset());
            }
            assertEquals(
                    ErrorCode.UNSTABLE_OFFSET_COMMIT, row.map(Row::error).orElse(ErrorCode.UNSTABLE_OFFSET_COMMIT));
            broker.pass(PAUSE);
        }
        return fail("the offset of group " + member.groupId() + " stays unstable");
    }
}
