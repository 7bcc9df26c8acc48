package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups of all kinds as they are listed, shown and deleted. */
class GroupsTest {
    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    @Test
    void groupsAreListedWithTheirKindStateEpochsAndMemberCount() {
        rest.group(stableGroup("my-group"));
        rest.group(emptyGroup("idle"));
        rest.group(
                consumerGroup("new", List.of(new ConsumerGroupDescription.Topic(UUID.randomUUID(), "t", List.of(0)))));
        when(rest.groups.list(any(), any(), any()))
                .thenReturn(List.of(
                        new GroupListing("my-group", "consumer", "Stable", "classic"),
                        new GroupListing("gone", "consumer", "Stable", "classic"),
                        new GroupListing("new", "consumer", "Reconciling", "consumer"),
                        new GroupListing("idle", "consumer", "Empty", "classic")));
        assertAnswer("""
                [{"group_id":"my-group","type":"classic","state":"Stable","generation_id":3,"group_epoch":null,\
                "assignment_epoch":null,"member_count":1},\
                {"group_id":"new","type":"consumer","state":"Reconciling","generation_id":5,"group_epoch":5,\
                "assignment_epoch":4,"member_count":1},\
                {"group_id":"idle","type":"classic","state":"Empty","generation_id":0,"group_epoch":null,\
                "assignment_epoch":null,"member_count":0}]""", rest.get("/v1/groups"));
    }

    @Test
    void aClassicGroupIsShownWithAssignmentsOffsetsAndLag() {
        rest.topics.with("my-topic", 2);
        rest.post("/v1/topics/my-topic/messages", "{\"messages\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
        rest.group(stableGroup("my-group"), committed("my-topic", 0, 1, "note"));
        assertAnswer("""
                {"group_id":"my-group","type":"classic","state":"Stable","generation_id":3,"group_epoch":null,\
                "assignment_epoch":null,"assignor":"range","protocol_type":"consumer",\
                "protocol_name":"range","leader_id":"c-1","members":[{"member_id":"c-1","group_instance_id":null,\
                "client_id":"c","client_host":"/127.0.0.1","rack_id":null,"protocol":"classic","member_epoch":null,\
                "session_timeout_ms":45000,"rebalance_timeout_ms":300000,"subscribed_topics":["a","my-topic"],\
                "subscribed_regex":null,"assignment":[{"topic":"my-topic","partitions":[0,1]}],\
                "target_assignment":null}],"committed_offsets":{"my-topic-0":1},"offsets":[\
                {"topic":"my-topic","partition":0,"committed_offset":1,"end_offset":2,"lag":1,"metadata":"note"},\
                {"topic":"my-topic","partition":1,"committed_offset":null,"end_offset":0,"lag":null,"metadata":null}\
                ]}""", rest.get("/v1/groups/my-group"));
    }

    @Test
    void aGroupOfTheNewProtocolIsShownWithEpochsTargetsAndSubscriptions() {
        UUID id = UUID.randomUUID();
        rest.group(
                consumerGroup("new", List.of(new ConsumerGroupDescription.Topic(id, "orders", List.of(0)))),
                committed("orders", 0, 0, ""));
        rest.topics.with("orders", 2);
        assertAnswer("""
                {"group_id":"new","type":"consumer","state":"Reconciling","generation_id":5,"group_epoch":5,\
                "assignment_epoch":4,"assignor":"uniform","protocol_type":"consumer","protocol_name":null,\
                "leader_id":null,"members":[{"member_id":"m","group_instance_id":"i","client_id":"c",\
                "client_host":"/127.0.0.1","rack_id":"r","protocol":"consumer","member_epoch":3,\
                "session_timeout_ms":null,"rebalance_timeout_ms":null,"subscribed_topics":["a","orders"],\
                "subscribed_regex":"or.*","assignment":[{"topic":"orders","partitions":[0]}],\
                "target_assignment":[{"topic":"orders","partitions":[0,1]}]}],"committed_offsets":{"orders-0":0},\
                "offsets":[{"topic":"orders","partition":0,"committed_offset":0,"end_offset":0,"lag":0,"metadata":""}\
                ]}""", rest.get("/v1/groups/new"));
    }

    @Test
    void aClassicMemberOfAGroupOfTheNewProtocolIsTold() {
        ConsumerGroupDescription.Member member = new ConsumerGroupDescription.Member(
                "m", null, null, 3, "c", "/127.0.0.1", Set.of(), "", List.of(), List.of(), true);
        rest.group(
                new ConsumerGroupDescription(ErrorCode.NONE, null, "mixed", "Stable", 3, 3, "range", List.of(member)));
        String answer = rest.get("/v1/groups/mixed").body();
        assertTrue(answer.contains("\"protocol\":\"classic\""), answer);
        assertTrue(answer.contains("\"subscribed_regex\":null"), answer);
    }

    @Test
    void aGroupWithoutMembersHasNoLeaderAndNoProtocol() {
        rest.group(emptyGroup("idle"));
        assertAnswer("""
                {"group_id":"idle","type":"classic","state":"Empty","generation_id":0,"group_epoch":null,\
                "assignment_epoch":null,"assignor":null,"protocol_type":"consumer","protocol_name":null,\
                "leader_id":null,"members":[],"committed_offsets":{},"offsets":[]}""", rest.get("/v1/groups/idle"));
    }

    /** A classic group keeps the subscriptions of its members to itself until it is stable. */
    @Test
    void subscriptionsThatAreNotKnownAreNull() {
        rest.group(group("joining", "CompletingRebalance", "consumer", ByteBuffer.allocate(0)));
        rest.group(group("connect-cluster", "Stable", "connect", ByteBuffer.wrap(new byte[] {0, 1, 2})));
        for (String id : List.of("joining", "connect-cluster")) {
            String answer = rest.get("/v1/groups/" + id).body();
            assertTrue(answer.contains("\"subscribed_topics\":null"), answer);
        }
        String connect = rest.get("/v1/groups/connect-cluster").body();
        assertTrue(connect.contains("\"assignor\":null"), connect);
    }

    @Test
    void whereTheEndIsNotKnownTheReasonIsShown() {
        rest.topics.with("b", 1).with("c", 1);
        rest.topics.broken.put(new TopicPartition("b", 0), ErrorCode.KAFKA_STORAGE_ERROR);
        rest.group(emptyGroup("g"), committed("b", 0, 7, ""), committed("c", 0, 5, ""), committed("gone", 0, 8, ""));
        String answer = rest.get("/v1/groups/g").body();
        assertEquals("""
                "offsets":[{"topic":"b","partition":0,"committed_offset":7,"end_offset":null,"lag":null,"metadata":"",\
                "error":"the end of b-0 cannot be told: KAFKA_STORAGE_ERROR"},\
                {"topic":"c","partition":0,"committed_offset":5,"end_offset":0,"lag":-5,"metadata":""},\
                {"topic":"gone","partition":0,"committed_offset":8,"end_offset":null,"lag":null,"metadata":"",\
                "error":"the end of gone-0 cannot be told: UNKNOWN_TOPIC_OR_PARTITION"}]}""", answer.substring(answer.indexOf("\"offsets\"")));
    }

    /** Its leader may write what it likes. */
    @Test
    void whatIsAssignedAndNotThereIsLeftOutOfTheOffsets() {
        rest.group(stableGroup("my-group"));
        String answer = rest.get("/v1/groups/my-group").body();
        assertTrue(answer.endsWith("\"committed_offsets\":{},\"offsets\":[]}"), answer);
    }

    @Test
    void manyPartitionsAreOneLookUp() {
        int count = 10_000;
        rest.topics.with("wide", count);
        rest.group(
                emptyGroup("g"),
                IntStream.range(0, count)
                        .mapToObj(partition -> committed("wide", partition, 0, ""))
                        .toArray(GroupOffsets.Row[]::new));
        String answer = rest.get("/v1/groups/g").body();
        assertEquals(count, answer.split("\"lag\":0").length - 1);
        verify(rest.lookUp, times(1)).lookUp(any(), any(), any());
        verifyNoMoreInteractions(rest.lookUp);
        rest.awaitNoMemoryUsed();
    }

    @Test
    void groupIdsMayHaveAnyCharacters() {
        rest.group(emptyGroup("a/b c+d%é;x=1?"));
        HttpResponse<String> answer = rest.get("/v1/groups/a%2Fb%20c+d%25%C3%A9%3Bx=1%3F");
        assertEquals(200, answer.statusCode(), answer.body());
        rest.group(emptyGroup(".."));
        assertEquals(200, rest.get("/v1/groups/%2E%2E").statusCode());
    }

    /** It was classic when it was asked for as one of the new protocol, and the other way round. */
    @Test
    void aGroupThatChangesItsKindMeanwhileIsFoundAllTheSame() {
        rest.group(stableGroup("g"));
        GroupDescription notClassic = notFound("g");
        when(rest.groups.describe(any(), eq("g"))).thenReturn(notClassic, stableGroup("g"));
        String answer = rest.get("/v1/groups/g").body();
        assertTrue(answer.startsWith("{\"group_id\":\"g\",\"type\":\"classic\""), answer);
    }

    @Test
    void aGroupIsDeleted() {
        when(rest.groups.delete(any(), eq("a/b"))).thenReturn(ErrorCode.NONE);
        assertAnswer("{\"deleted\":\"a/b\"}", rest.send("DELETE", "/v1/groups/a%2Fb", null));
    }

    @Test
    void aGroupThatCannotBeDeletedTellsWhy() {
        when(rest.groups.delete(any(), any())).thenReturn(ErrorCode.GROUP_ID_NOT_FOUND);
        assertError(404, "there is no group 'g'", rest.send("DELETE", "/v1/groups/g", null));
        when(rest.groups.delete(any(), any())).thenReturn(ErrorCode.NON_EMPTY_GROUP);
        assertError(
                409,
                "group 'g' has members: it can be deleted when they have left",
                rest.send("DELETE", "/v1/groups/g", null));
        when(rest.groups.delete(any(), any())).thenReturn(ErrorCode.NOT_COORDINATOR);
        assertError(503, "group 'g' cannot be deleted: NOT_COORDINATOR", rest.send("DELETE", "/v1/groups/g", null));
    }

    private static void assertAnswer(String json, HttpResponse<String> answer) {
        assertEquals(json, answer.body());
        assertEquals(200, answer.statusCode());
    }

    private static void assertError(int status, String message, HttpResponse<String> answer) {
        assertEquals("{\"error\":\"" + message + "\"}", answer.body());
        assertEquals(status, answer.statusCode());
    }

    private static GroupOffsets.Row committed(String topic, int partition, long offset, String metadata) {
        return new GroupOffsets.Row(TopicRef.byName(topic), partition, offset, -1, metadata, ErrorCode.NONE);
    }

    private static GroupDescription notFound(String id) {
        return new GroupDescription(ErrorCode.GROUP_ID_NOT_FOUND, "no", id, "Dead", 0, "", "", null, List.of());
    }

    private static GroupDescription emptyGroup(String id) {
        return new GroupDescription(ErrorCode.NONE, null, id, "Empty", 0, "consumer", "", "", List.of());
    }

    private static GroupDescription stableGroup(String id) {
        ByteBuffer subscription = ByteBuffer.allocate(64).putShort((short) 0).putInt(2);
        subscription
                .putShort((short) 8)
                .put("my-topic".getBytes())
                .putShort((short) 1)
                .put("a".getBytes());
        return group(id, "Stable", "consumer", subscription.putInt(-1).flip());
    }

    private static GroupDescription group(String id, String state, String protocolType, ByteBuffer metadata) {
        ByteBuffer assignment = ByteBuffer.allocate(64);
        assignment.putShort((short) 3).putInt(1).putShort((short) 8).put("my-topic".getBytes());
        assignment.putInt(2).putInt(0).putInt(1).putInt(-1).flip();
        GroupDescription.Member member = new GroupDescription.Member(
                "c-1", null, "c", "/127.0.0.1", Duration.ofSeconds(45), Duration.ofMinutes(5), metadata, assignment);
        return new GroupDescription(ErrorCode.NONE, null, id, state, 3, protocolType, "range", "c-1", List.of(member));
    }

    /** One member that is to have orders 0 and 1. */
    private static ConsumerGroupDescription consumerGroup(String id, List<ConsumerGroupDescription.Topic> assigned) {
        UUID topicId = assigned.get(0).id();
        ConsumerGroupDescription.Member member = new ConsumerGroupDescription.Member(
                "m",
                "i",
                "r",
                3,
                "c",
                "/127.0.0.1",
                Set.of("orders", "a"),
                "or.*",
                assigned,
                List.of(new ConsumerGroupDescription.Topic(topicId, "orders", List.of(0, 1))),
                false);
        return new ConsumerGroupDescription(ErrorCode.NONE, null, id, "Reconciling", 5, 4, "uniform", List.of(member));
    }
}
