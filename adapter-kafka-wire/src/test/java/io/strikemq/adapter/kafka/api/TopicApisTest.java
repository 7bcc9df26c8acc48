package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse;
import io.strikemq.adapter.kafka.message.CreateTopicsResponse.CreatableTopicResult;
import io.strikemq.adapter.kafka.message.DeleteTopicsRequest;
import io.strikemq.adapter.kafka.message.DeleteTopicsRequest.DeleteTopicState;
import io.strikemq.adapter.kafka.message.DeleteTopicsResponse;
import io.strikemq.adapter.kafka.message.MetadataRequest;
import io.strikemq.adapter.kafka.message.MetadataRequest.MetadataRequestTopic;
import io.strikemq.adapter.kafka.message.MetadataResponse;
import io.strikemq.adapter.kafka.message.MetadataResponse.MetadataResponseTopic;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TopicApisTest {
    private static final UUID NO_ID = new UUID(0, 0);

    private final Topics topics = new Topics();
    private final Conversation client = new Conversation(TestPorts.with(topics));

    @Test
    void metadataTellsATopicInTheWordsOfTheVersion() {
        for (int version = 0; version <= 13; version++) {
            MetadataResponse answer = client.ask(MetadataResponse.class, SampleRequests.metadata("t"), version);

            assertEquals(Conversation.BROKER_ID, answer.brokers().get(0).nodeId());
            assertEquals("127.0.0.1", answer.brokers().get(0).host());
            assertEquals(9092, answer.brokers().get(0).port());
            assertEquals(version < 1 ? null : "r1", answer.brokers().get(0).rack());
            assertEquals(version < 2 ? null : "cluster", answer.clusterId());
            MetadataResponseTopic topic = answer.topics().get(0);
            assertEquals(version < 10 ? NO_ID : SampleRequests.TOPIC_ID, topic.topicId());
            assertEquals(version < 7 ? -1 : 5, topic.partitions().get(0).leaderEpoch());
            assertEquals(
                    List.of(Conversation.BROKER_ID), topic.partitions().get(0).isrNodes());
            assertEquals(AuthorizedOperations.NOT_ASKED, topic.topicAuthorizedOperations());
            assertEquals(Creation.ALLOWED, topics.creation);
        }
    }

    @Test
    void allTopicsAreAskedForByNoneInVersion0AndByNullLater() {
        MetadataRequest none = MetadataRequest.builder().topics(List.of()).build();
        MetadataRequest all = MetadataRequest.builder().topics(null).build();

        assertEquals(2, client.ask(MetadataResponse.class, none, 0).topics().size());
        for (int version = 1; version <= 13; version++) {
            assertEquals(
                    0,
                    client.ask(MetadataResponse.class, none, version).topics().size());
            MetadataResponse answer = client.ask(MetadataResponse.class, all, version);
            assertEquals(2, answer.topics().size());
            assertTrue(answer.topics().get(1).isInternal());
        }
    }

    @Test
    void operationsAreToldWhenAskedFor() {
        MetadataRequest request = SampleRequests.metadata("t").toBuilder()
                .includeTopicAuthorizedOperations(true)
                .build();
        MetadataRequest withCluster =
                request.toBuilder().includeClusterAuthorizedOperations(true).build();

        assertEquals(
                3576,
                client.ask(MetadataResponse.class, request, 13).topics().get(0).topicAuthorizedOperations());
        assertEquals(8096, client.ask(MetadataResponse.class, withCluster, 10).clusterAuthorizedOperations());
    }

    @Test
    void topicsAreAskedForByIdFromVersion12On() {
        MetadataRequest byId = MetadataRequest.builder()
                .topics(List.of(MetadataRequestTopic.builder()
                        .name(null)
                        .topicId(SampleRequests.TOPIC_ID)
                        .build()))
                .build();
        MetadataRequest unknown = MetadataRequest.builder()
                .topics(List.of(MetadataRequestTopic.builder()
                        .name(null)
                        .topicId(new UUID(9, 9))
                        .build()))
                .build();

        assertEquals(
                "t",
                client.ask(MetadataResponse.class, byId, 12).topics().get(0).name());
        MetadataResponseTopic missing =
                client.ask(MetadataResponse.class, unknown, 13).topics().get(0);
        assertEquals(ErrorCode.UNKNOWN_TOPIC_ID.code(), missing.errorCode());
        assertNull(missing.name());
        assertEquals(new UUID(9, 9), missing.topicId());
        for (int version = 10; version <= 11; version++) {
            assertEquals(
                    ErrorCode.INVALID_REQUEST.code(),
                    client.ask(MetadataResponse.class, byId, version)
                            .topics()
                            .get(0)
                            .errorCode());
        }
    }

    @Test
    void creationCanBeForbiddenAndAnUnknownTopicIsToldAtEveryVersion() {
        for (int version = 0; version <= 13; version++) {
            MetadataRequest request = SampleRequests.metadata("absent").toBuilder()
                    .allowAutoTopicCreation(version < 4)
                    .build();
            MetadataResponseTopic topic = client.ask(MetadataResponse.class, request, version)
                    .topics()
                    .get(0);
            assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(), topic.errorCode());
            assertEquals("absent", topic.name());
            assertEquals(version < 4 ? "ALLOWED" : "FORBIDDEN", topics.creation.name());
        }
    }

    @Test
    void aCreatedTopicIsToldWithItsConfigsFromVersion5On() {
        for (int version = 0; version <= 7; version++) {
            CreatableTopicResult created = client.ask(
                            CreateTopicsResponse.class, SampleRequests.of(ApiKey.CREATE_TOPICS, version), version)
                    .topics()
                    .get(0);

            assertEquals(new NewTopic("t", 3, (short) 1, List.of(), Map.of("retention.ms", "1")), topics.created);
            assertEquals(ErrorCode.NONE.code(), created.errorCode());
            assertEquals(version < 5 ? -1 : 3, created.numPartitions());
            assertEquals(version < 5 ? 0 : 1, created.configs().size());
            assertEquals(version < 7 ? NO_ID : SampleRequests.TOPIC_ID, created.topicId());
        }
    }

    @Test
    void aTopicToDeleteIsNamedByOneOfNameAndId() {
        for (int version = 0; version <= 5; version++) {
            DeleteTopicsResponse answer =
                    client.ask(DeleteTopicsResponse.class, SampleRequests.of(ApiKey.DELETE_TOPICS, version), version);
            assertEquals("t", answer.responses().get(0).name());
        }
        DeleteTopicsRequest request = DeleteTopicsRequest.builder()
                .topics(List.of(
                        DeleteTopicState.builder().name("t").build(),
                        DeleteTopicState.builder()
                                .name(null)
                                .topicId(SampleRequests.TOPIC_ID)
                                .build(),
                        DeleteTopicState.builder()
                                .name("t")
                                .topicId(SampleRequests.TOPIC_ID)
                                .build(),
                        DeleteTopicState.builder().name(null).build()))
                .build();

        DeleteTopicsResponse answer = client.ask(DeleteTopicsResponse.class, request, 6);

        assertEquals(
                List.of(
                        ErrorCode.INVALID_REQUEST.code(),
                        ErrorCode.INVALID_REQUEST.code(),
                        ErrorCode.NONE.code(),
                        ErrorCode.NONE.code()),
                answer.responses().stream()
                        .map(DeleteTopicsResponse.DeletableTopicResult::errorCode)
                        .toList());
        assertEquals(SampleRequests.TOPIC_ID, answer.responses().get(3).topicId());
    }

    /** One topic t beside an internal one. */
    private static final class Topics implements DescribeCluster, DescribeTopics, CreateTopics, DeleteTopics {
        private static final Topic T = new Topic("t", SampleRequests.TOPIC_ID, 3, (short) 1, Map.of());
        private static final ConfigEntry CONFIG = new ConfigEntry(
                "cleanup.policy",
                "delete",
                ConfigEntry.Source.DEFAULT_CONFIG,
                ConfigEntry.Type.LIST,
                false,
                false,
                "what goes",
                List.of(new ConfigEntry.Synonym("log.cleanup.policy", "delete", ConfigEntry.Source.DEFAULT_CONFIG)));
        private Creation creation;
        private NewTopic created;

        @Override
        public ClusterDescription describe() {
            return new ClusterDescription(
                    "cluster",
                    Conversation.BROKER_ID,
                    List.of(Conversation.BROKER_ID),
                    Map.of(Conversation.BROKER_ID, "r1"));
        }

        @Override
        public List<TopicListing> all(RequestContext context) {
            return List.of(
                    listing(T), listing(new Topic(Topic.CONSUMER_OFFSETS, new UUID(3, 3), 50, (short) 1, Map.of())));
        }

        private static TopicListing listing(Topic topic) {
            return new TopicListing(
                    TopicRef.byName(topic.name()),
                    ErrorCode.NONE,
                    topic,
                    List.of(new PartitionListing(0, Conversation.BROKER_ID, 5, List.of(Conversation.BROKER_ID))));
        }

        @Override
        public CompletionStage<List<TopicListing>> named(
                RequestContext context, List<TopicRef> refs, Creation newCreation) {
            creation = newCreation;
            return CompletableFuture.completedFuture(refs.stream()
                    .map(ref -> ref.equals(TopicRef.byName("t")) || ref.equals(TopicRef.byId(SampleRequests.TOPIC_ID))
                            ? listing(T)
                            : new TopicListing(
                                    ref,
                                    ref.isById() ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                                    null,
                                    List.of()))
                    .toList());
        }

        @Override
        public List<TopicCreated> create(RequestContext context, List<NewTopic> newTopics, Mode mode) {
            created = newTopics.get(0);
            return List.of(new TopicCreated("t", ErrorCode.NONE, null, T, List.of(CONFIG)));
        }

        @Override
        public List<TopicOutcome> delete(RequestContext context, List<TopicRef> refs) {
            return refs.stream()
                    .map(ref -> new TopicOutcome(ref, "t", SampleRequests.TOPIC_ID, 3, ErrorCode.NONE, null))
                    .toList();
        }
    }
}
