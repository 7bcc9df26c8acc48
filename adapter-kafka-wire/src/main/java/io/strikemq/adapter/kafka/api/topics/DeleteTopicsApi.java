package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteTopicsRequest;
import io.strikemq.adapter.kafka.message.DeleteTopicsRequest.DeleteTopicState;
import io.strikemq.adapter.kafka.message.DeleteTopicsResponse;
import io.strikemq.adapter.kafka.message.DeleteTopicsResponse.DeletableTopicResult;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * DeleteTopics, versions 0 to 6 (KIP-4).
 *
 * <p>Version 5 tells messages (KIP-599), 6 names topics by id too (KIP-516), where each is named by one of both:
 * anything else is INVALID_REQUEST for that topic. Kafka itself has dropped version 0.
 */
public final class DeleteTopicsApi extends Api<DeleteTopicsRequest> {
    private static final short FIRST_BY_ID = 6;

    private final DeleteTopics deleteTopics;

    public DeleteTopicsApi(DeleteTopics deleteTopics) {
        super(ApiKey.DELETE_TOPICS, DeleteTopicsRequest::read);
        this.deleteTopics = deleteTopics;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<DeleteTopicsRequest> call) {
        List<TopicRef> refs = new ArrayList<>();
        List<DeletableTopicResult> results = new ArrayList<>();
        if (call.version() < FIRST_BY_ID) {
            call.request().topicNames().forEach(name -> refs.add(TopicRef.byName(name)));
        } else {
            for (DeleteTopicState topic : call.request().topics()) {
                boolean hasId = !topic.topicId().equals(WireDefaults.ZERO_UUID);
                if (hasId == (topic.name() != null)) {
                    String message = hasId
                            ? "You may not specify both topic name and topic id."
                            : "Neither topic name nor id were specified.";
                    results.add(result(topic.name(), topic.topicId(), ErrorCode.INVALID_REQUEST, message));
                } else {
                    refs.add(hasId ? TopicRef.byId(topic.topicId()) : TopicRef.byName(topic.name()));
                }
            }
        }
        for (TopicOutcome outcome : deleteTopics.delete(call.context(), refs)) {
            results.add(result(outcome.name(), outcome.id(), outcome.error(), outcome.message()));
        }
        call.reply(DeleteTopicsResponse.builder().responses(results).build());
    }

    private static DeletableTopicResult result(String name, UUID id, ErrorCode error, String message) {
        return DeletableTopicResult.builder()
                .name(name)
                .topicId(id == null ? WireDefaults.ZERO_UUID : id)
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    @Override
    public DeleteTopicsResponse refusal(DeleteTopicsRequest request, short version, ErrorCode error, String message) {
        List<DeletableTopicResult> results = new ArrayList<>();
        request.topicNames().forEach(name -> results.add(result(name, null, error, message)));
        request.topics().forEach(topic -> results.add(result(topic.name(), topic.topicId(), error, message)));
        return DeleteTopicsResponse.builder().responses(results).build();
    }
}
