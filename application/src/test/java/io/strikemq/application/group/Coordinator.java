package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.FixedTimes;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.group.consumer.TopicPartitions;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.JavaRegularExpressions;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The use cases of groups, with a time that stands still and a log in memory. Restarts on demand. */
final class Coordinator {
    static final UUID TOPIC_ID = new UUID(7, 7);

    final ManualTime time = new ManualTime();
    final Trouble trouble = new Trouble(time);
    final RememberedGroupLog log = new RememberedGroupLog(trouble);
    final TopicRegistry topics = new TopicRegistry(new HeapTopicCatalog());
    final GroupSettings settings;
    private final FixedIdentifiers identifiers = new FixedIdentifiers(1);
    CoordinatedGroups groups;
    GroupParticipation members;
    ConsumerGroupMembership consumers;
    GroupInspection inspection;
    OffsetCommits offsets;
    TransactionalOffsetCommits transactionalOffsets;
    /** What the coordinator of transactions was asked, and what it answers. */
    final List<AddPartitionsCommand> questions = new ArrayList<>();

    ErrorCode verification = ErrorCode.NONE;

    Coordinator() {
        this(GroupSettings.DEFAULT);
    }

    Coordinator(GroupSettings settings) {
        this.settings = settings;
        createOrders(TOPIC_ID);
        start();
    }

    void createOrders(UUID id) {
        topics.create(new Topic("orders", id, 4, (short) 1, Map.of()));
    }

    /** Deletes the topic; the groups are told only where a test made them listen. */
    void deleteOrders() {
        topics.delete(topics.find("orders").orElseThrow());
    }

    /** The broker dies and comes back: only the log remains. */
    void restart() {
        groups.close();
        start();
    }

    private void start() {
        groups = new CoordinatedGroups(
                new GroupProtocols(
                        settings, ConsumerGroupSettings.DEFAULT, FixedTimes.USUAL, new JavaRegularExpressions()),
                log,
                topics,
                trouble,
                trouble,
                Runnable::run);
        groups.load();
        members = new GroupParticipation(groups, settings, identifiers, Runnable::run);
        consumers = new ConsumerGroupMembership(
                groups, ConsumerGroupSettings.DEFAULT, identifiers, () -> true, Runnable::run);
        inspection = new GroupInspection(groups, topics, ConsumerGroupSettings.DEFAULT);
        offsets = new OffsetCommits(groups, topics, settings, time, Runnable::run);
        transactionalOffsets =
                new TransactionalOffsetCommits(groups, this::verify, topics, settings, time, Runnable::run);
    }

    static RequestContext from(String client) {
        return new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, client, "/127.0.0.1");
    }

    // Members.

    CompletableFuture<JoinResult> join(String client, String memberId) {
        return join(client, command("g", memberId, null, Duration.ofSeconds(10), MemberIdPolicy.JOIN_AT_ONCE));
    }

    CompletableFuture<JoinResult> join(String client, JoinCommand command) {
        return members.join(from(client), command).toCompletableFuture();
    }

    static JoinCommand command(
            String groupId, String memberId, String instanceId, Duration session, MemberIdPolicy policy) {
        return new JoinCommand(
                groupId,
                memberId,
                instanceId,
                session,
                Duration.ofSeconds(60),
                "consumer",
                List.of(new JoinCommand.Protocol("range", subscription("orders"))),
                policy,
                AssignmentSkipping.UNSUPPORTED,
                null);
    }

    /** What a consumer of these topics tells its assignor, at version 0. */
    static ByteBuffer subscription(String... topics) {
        ByteBuffer bytes = ByteBuffer.allocate(200).putShort((short) 0).putInt(topics.length);
        for (String topic : topics) {
            bytes.putShort((short) topic.length()).put(topic.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.putInt(-1).flip();
    }

    /** A member alone in the group, with an assignment; returns its id. */
    String stableMember() {
        CompletableFuture<JoinResult> joined = join("a", "");
        time.advance(Duration.ZERO);
        JoinResult result = joined.getNow(null);
        assertNotNull(result, "the group keeps its only member waiting");
        String id = result.memberId();
        assertTrue(sync(id, result.generationId(), id).isDone());
        return id;
    }

    /** The leader's sync assigns to each member its own id. */
    CompletableFuture<SyncResult> sync(String memberId, int generation, String... assigned) {
        List<SyncCommand.Assignment> assignments = new ArrayList<>();
        for (String id : assigned) {
            assignments.add(new SyncCommand.Assignment(id, ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8))));
        }
        SyncCommand command = new SyncCommand(member(generation, memberId), null, null, assignments);
        return members.sync(from("a"), command).toCompletableFuture();
    }

    ErrorCode heartbeat(String memberId, int generation) {
        return members.heartbeat(from("a"), member(generation, memberId));
    }

    LeaveResult leave(String memberId) {
        return members.leave(from("a"), "g", List.of(new LeavingMember(memberId, null, null)));
    }

    /** A heartbeat of the consumer protocol; says all of itself where it joins, and else what it owns. */
    HeartbeatResult beat(String memberId, int epoch, List<String> topics, String regex, TopicPartitions... owned) {
        boolean joins = epoch == ConsumerHeartbeat.JOINING;
        ConsumerHeartbeat said = new ConsumerHeartbeat(
                "g", memberId, epoch, null, null, joins ? 60_000 : -1, topics, regex, null, List.of(owned));
        return consumers
                .heartbeat(from("a"), said, MemberNaming.BY_MEMBER)
                .toCompletableFuture()
                .join();
    }

    static GroupMember member(int generation, String memberId) {
        return new GroupMember("g", generation, memberId, null);
    }

    static GroupMember outsider(String groupId) {
        return new GroupMember(groupId, -1, "", null);
    }

    // Offsets.

    static OffsetCommit offset(TopicRef topic, int partition, long offset) {
        return new OffsetCommit(topic, partition, offset, 3, "note", -1, -1);
    }

    static OffsetCommit offset(int partition, long offset) {
        return offset(TopicRef.byName("orders"), partition, offset);
    }

    List<ErrorCode> commit(GroupMember member, OffsetCommit... commits) {
        return offsets.commit(from("a"), member, true, List.of(commits)).toCompletableFuture().join().stream()
                .map(OffsetCommitted::error)
                .toList();
    }

    // Transactions.

    private CompletionStage<Map<TopicPartition, ErrorCode>> verify(AddPartitionsCommand question) {
        questions.add(question);
        return CompletableFuture.completedFuture(Map.of(question.partitions().get(0), verification));
    }

    /** As a producer of transaction version 2. */
    List<ErrorCode> commit(long producer, GroupMember member, OffsetCommit... commits) {
        return commit(producer, TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING, member, commits);
    }

    List<ErrorCode> commit(long producer, TransactionSupport support, GroupMember member, OffsetCommit... commits) {
        OffsetsInTransaction offsetsInTransaction = new OffsetsInTransaction(
                new Transaction("tx", support), new ProducerIdentity(producer, (short) 0), member, List.of(commits));
        try {
            return transactionalOffsets.commit(from("a"), offsetsInTransaction).toCompletableFuture().join().stream()
                    .map(OffsetCommitted::error)
                    .toList();
        } catch (CompletionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Ends a producer's transaction: the marker is written, and told. */
    void end(long producer, Outcome outcome) {
        LogPosition marker = log.mark(producer, outcome);
        new PendingOffsetEnds(groups)
                .written(
                        new TransactionMarker(new ProducerIdentity(producer, (short) 0), outcome, 0, (short) 2),
                        new TopicPartition(Topic.CONSUMER_OFFSETS, marker.partition()),
                        marker.offset());
    }

    /** The offset of a partition of orders for who wants stable ones only. */
    Row stable(String groupId, int partition) {
        List<GroupOffsetsQuery.Partition> asked =
                List.of(new GroupOffsetsQuery.Partition(TopicRef.byName("orders"), partition));
        return offsets.committed(from("a"), new GroupOffsetsQuery(groupId, null, -1, asked, Stability.STABLE_ONLY))
                .rows()
                .get(0);
    }

    /** All committed offsets of the group. */
    List<Row> committed(String groupId) {
        return offsets.committed(from("a"), new GroupOffsetsQuery(groupId, null, -1, null, Stability.ANY))
                .rows();
    }

    Row committed(String groupId, TopicRef topic, int partition) {
        List<GroupOffsetsQuery.Partition> asked = List.of(new GroupOffsetsQuery.Partition(topic, partition));
        return offsets.committed(from("a"), new GroupOffsetsQuery(groupId, null, -1, asked, Stability.ANY))
                .rows()
                .get(0);
    }
}
