package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.mockito.Mockito.mock;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.ProduceResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever is thrown after the handling call has returned: nobody waits for an answer in vain. */
class LateFailuresTest {
    private static final int VERSION = 9;

    private final CompletableFuture<List<PartitionProduced>> outcome = new CompletableFuture<>();
    private final ProduceRecords port = (context, command) -> outcome;
    private final Conversation client = new Conversation(TestPorts.with(port));
    private final ProduceRequest request = (ProduceRequest) SampleRequests.of(ApiKey.PRODUCE, VERSION);

    @Test
    void aPortThatFailsLaterWithAnErrorIsAnswered() {
        client.send(request, VERSION);
        outcome.completeExceptionally(new StackOverflowError("an error that this test provokes"));

        assertUnknownServerError();
    }

    @Test
    void soIsAnErrorWhileTheOutcomeIsTurnedIntoAnAnswer() {
        client.send(request, VERSION);
        outcome.complete(mock(call -> {
            throw new OutOfMemoryError("an error that this test provokes");
        }));

        assertUnknownServerError();
    }

    @Test
    void anAnswerThatCannotBeWrittenClosesTheConnection() {
        client.send(request, VERSION);
        outcome.complete(List.of(PartitionProduced.refused(
                TopicRef.byName("t"), 0, ErrorCode.INVALID_RECORD, "x".repeat(Short.MAX_VALUE + 1))));

        assertNotNull(client.closedBecause());
        assertEquals(1, client.failures());
    }

    private void assertUnknownServerError() {
        ProduceResponse answer = client.answer(ProduceResponse.class, request, VERSION);
        assertEquals(
                ErrorCode.UNKNOWN_SERVER_ERROR.code(),
                answer.responses().get(0).partitionResponses().get(0).errorCode());
        assertEquals(1, client.failures());
    }
}
