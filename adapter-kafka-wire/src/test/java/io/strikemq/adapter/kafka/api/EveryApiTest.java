package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryApiTest {
    static Stream<ApiKey> served() {
        return KafkaApis.on(new FakeBroker().ports(), new AdvertisedAddresses(List::of)).keys().stream();
    }

    /** ApiVersions asks when the client says which cluster it wants, the ACL APIs never do. */
    private static final Set<ApiKey> ASKING_NOBODY =
            Set.of(ApiKey.API_VERSIONS, ApiKey.DESCRIBE_ACLS, ApiKey.CREATE_ACLS, ApiKey.DELETE_ACLS);

    static Stream<ApiKey> asking() {
        return served().filter(key -> !ASKING_NOBODY.contains(key));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aRefusalBecomesTheApisOwnErrorAnswerAtEveryVersion(ApiKey key) {
        Conversation client =
                new Conversation(new FakeBroker(() -> new BrokerException(ErrorCode.POLICY_VIOLATION, "no such luck")));

        for (int version : versions(key)) {
            RequestMessage request = SampleRequests.of(key, version);
            ResponseMessage answer = client.ask(ResponseMessage.class, request, version);
            assertTrue(answer.toString().contains("errorCode=44"), version + ": " + answer);
        }
        assertEquals(0, client.failures(), "an expected refusal is no failure");
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aBugBecomesAnUnknownServerErrorAndIsCounted(ApiKey key) {
        Conversation client =
                new Conversation(new FakeBroker(() -> new IllegalStateException("a bug that this test provokes")));

        for (int version : versions(key)) {
            RequestMessage request = SampleRequests.of(key, version);
            ResponseMessage answer = client.ask(ResponseMessage.class, request, version);
            assertTrue(answer.toString().contains("errorCode=-1"), version + ": " + answer);
        }
        assertEquals(versions(key).length, client.failures());
    }

    @Test
    void theTableOfTheIssueIsServed() {
        assertEquals(
                List.of(
                        0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23, 29, 30, 31, 32, 33, 35,
                        37, 42, 44, 47, 60),
                served().map(key -> (int) key.id()).toList());
    }

    private static int[] versions(ApiKey key) {
        return IntStream.rangeClosed(key.lowestVersion(), key.highestStableVersion())
                .toArray();
    }
}
