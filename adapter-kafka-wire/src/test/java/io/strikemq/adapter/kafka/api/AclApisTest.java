package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.kafka.message.CreateAclsRequest;
import io.strikemq.adapter.kafka.message.CreateAclsRequest.AclCreation;
import io.strikemq.adapter.kafka.message.CreateAclsResponse;
import io.strikemq.adapter.kafka.message.CreateAclsResponse.AclCreationResult;
import io.strikemq.adapter.kafka.message.DeleteAclsRequest;
import io.strikemq.adapter.kafka.message.DeleteAclsRequest.DeleteAclsFilter;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse.DeleteAclsFilterResult;
import io.strikemq.adapter.kafka.message.DescribeAclsRequest;
import io.strikemq.adapter.kafka.message.DescribeAclsResponse;
import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of Kafka 4.4 without an authorizer. */
class AclApisTest {
    private static final short SECURITY_DISABLED = ErrorCode.SECURITY_DISABLED.code();
    private static final String WHY = "No Authorizer is configured.";

    private final Conversation client = new Conversation(TestPorts.with());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whoAsksForAclsHearsThatThereAreNone(int version) {
        DescribeAclsRequest any = DescribeAclsRequest.builder()
                .resourceTypeFilter((byte) 1)
                .operation((byte) 1)
                .permissionType((byte) 1)
                .build();
        DescribeAclsResponse answer = client.ask(DescribeAclsResponse.class, any, version);

        assertEquals(SECURITY_DISABLED, answer.errorCode());
        assertEquals("No Authorizer is configured on the broker", answer.errorMessage());
        assertEquals(List.of(), answer.resources());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void eachAclThatSomebodyCreatesIsRefused(int version) {
        AclCreation one = AclCreation.builder()
                .resourceType((byte) 2)
                .resourceName("t")
                .principal("User:a")
                .host("*")
                .operation((byte) 3)
                .permissionType((byte) 3)
                .build();
        CreateAclsRequest request =
                CreateAclsRequest.builder().creations(List.of(one, one)).build();
        CreateAclsResponse answer = client.ask(CreateAclsResponse.class, request, version);

        AclCreationResult refused = AclCreationResult.builder()
                .errorCode(SECURITY_DISABLED)
                .errorMessage(WHY)
                .build();
        assertEquals(List.of(refused, refused), answer.results());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void eachFilterByWhichSomebodyDeletesIsRefused(int version) {
        DeleteAclsFilter any = DeleteAclsFilter.builder()
                .resourceTypeFilter((byte) 1)
                .operation((byte) 1)
                .permissionType((byte) 1)
                .build();
        DeleteAclsRequest request =
                DeleteAclsRequest.builder().filters(List.of(any, any, any)).build();
        DeleteAclsResponse answer = client.ask(DeleteAclsResponse.class, request, version);

        DeleteAclsFilterResult refused = DeleteAclsFilterResult.builder()
                .errorCode(SECURITY_DISABLED)
                .errorMessage(WHY)
                .build();
        assertEquals(List.of(refused, refused, refused), answer.filterResults());
    }
}
