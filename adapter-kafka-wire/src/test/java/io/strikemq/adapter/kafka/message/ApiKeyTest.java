package io.strikemq.adapter.kafka.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiKeyTest {
    private Map<String, GeneratedMessage> messages;

    @BeforeAll
    void readDefinitions() {
        messages = GeneratedMessage.all()
                .collect(Collectors.toMap(each -> each.spec().name(), each -> each));
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithKafkaAboutNamesVersionsAndHeaders(ApiKey api) {
        ApiKeys original = ApiKeys.forId(api.id());

        assertEquals(original.name, api.displayName());
        assertEquals(original.name(), api.name());
        assertEquals(original.latestVersion(true), api.highestVersion());
        assertEquals(original.latestVersion(false), api.highestStableVersion());
        for (short version = original.oldestVersion(); version <= api.highestVersion(); version++) {
            assertEquals(original.requestHeaderVersion(version), api.requestHeaderVersion(version));
            assertEquals(original.responseHeaderVersion(version), api.responseHeaderVersion(version));
        }
    }

    @Test
    void everyApiOfKafkasBrokerIsThere() {
        ApiKeys.apisForListener(ListenerType.BROKER)
                .forEach(original ->
                        assertEquals(original.name, ApiKey.forId(original.id).displayName()));
    }

    /** The share APIs had an early-access version 0 that no release made stable. */
    @Test
    void everyApiBeginsAtVersionZeroUnlessKafkaNeverReleasedThatVersion() {
        Map<ApiKey, Integer> later = Map.of(
                ApiKey.SHARE_GROUP_HEARTBEAT,
                1,
                ApiKey.SHARE_GROUP_DESCRIBE,
                1,
                ApiKey.SHARE_FETCH,
                1,
                ApiKey.SHARE_ACKNOWLEDGE,
                1);
        Arrays.stream(ApiKey.values())
                .forEach(api ->
                        assertEquals(later.getOrDefault(api, 0).intValue(), api.lowestVersion(), api.displayName()));
    }

    @Test
    void theAnswerToApiVersionsNeverHasAFlexibleHeader() {
        assertEquals(2, ApiKey.API_VERSIONS.requestHeaderVersion((short) 3));
        assertEquals(0, ApiKey.API_VERSIONS.responseHeaderVersion((short) 3));
        assertEquals(1, ApiKey.METADATA.responseHeaderVersion((short) 9));
        assertEquals(0, ApiKey.METADATA.responseHeaderVersion((short) 8));
    }

    @Test
    void aNumberThatIsNoApiGivesNull() {
        assertNull(ApiKey.forId(-1));
        assertNull(ApiKey.forId(4));
        assertNull(ApiKey.forId(Short.MAX_VALUE));
        assertTrue(ApiKey.FETCH.supports((short) 0));
        assertTrue(!ApiKey.FETCH.supports((short) 19));
    }

    @ParameterizedTest
    @EnumSource
    void everyApiReadsItsOwnMessages(ApiKey api) {
        RequestMessage request = api.readRequest(anyMessage(api, "Request"), api.highestVersion());
        ResponseMessage response = api.readResponse(anyMessage(api, "Response"), api.highestVersion());

        assertSame(api, ApiKey.forId(request.apiKey()));
        assertSame(api, ApiKey.forId(response.apiKey()));
    }

    private WireReader anyMessage(ApiKey api, String kind) {
        GeneratedMessage message = messages.get(api.displayName() + kind);
        short version = api.highestVersion();
        return new WireReader(GeneratedMessage.bytes(new RandomMessages(api.id()).message(message, version), version));
    }
}
