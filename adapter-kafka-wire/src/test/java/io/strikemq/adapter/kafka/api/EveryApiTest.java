package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryApiTest {
    private static final Pattern ERROR_CODE = Pattern.compile("rrorCode=(-?[0-9]+)");

    static Stream<ApiKey> served() {
        return KafkaApis.on(TestPorts.with(), new AdvertisedAddresses(List::of)).keys().stream();
    }

    /** APIs without a port, and ApiVersions, which asks only when the client says which cluster it wants. */
    private static final Set<ApiKey> ASKING_NOBODY =
            Set.of(ApiKey.DESCRIBE_ACLS, ApiKey.CREATE_ACLS, ApiKey.DELETE_ACLS, ApiKey.LIST_PARTITION_REASSIGNMENTS);

    /** What waits for the disk, or takes long, whenever it is asked for; other APIs do where logs or topics are to be made ready first. */
    private static final Set<ApiKey> CHANGING_FILES = Set.of(
            ApiKey.CREATE_TOPICS,
            ApiKey.DELETE_TOPICS,
            ApiKey.CREATE_PARTITIONS,
            ApiKey.ALTER_CONFIGS,
            ApiKey.INCREMENTAL_ALTER_CONFIGS,
            ApiKey.INIT_PRODUCER_ID,
            ApiKey.UPDATE_FEATURES,
            ApiKey.ALTER_REPLICA_LOG_DIRS,
            ApiKey.LIST_TRANSACTIONS);

    static Stream<ApiKey> asking() {
        return served().filter(key -> !ASKING_NOBODY.contains(key));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aRefusalBecomesTheApisOwnErrorAnswerAtEveryVersion(ApiKey key) {
        Conversation client = new Conversation(
                TestPorts.failing(() -> new BrokerException(ErrorCode.POLICY_VIOLATION, "no such luck")));

        for (int version : versions(key)) {
            RequestMessage request = SampleRequests.of(key, version);
            ResponseMessage answer = client.ask(ResponseMessage.class, request, version);
            assertEquals(Set.of(ErrorCode.POLICY_VIOLATION), errors(answer), version + ": " + answer);
        }
        assertEquals(0, client.failures(), "an expected refusal is no failure");
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aBugBecomesAnUnknownServerErrorAndIsCounted(ApiKey key) {
        everyVersionAnswersAndCounts(key, () -> new IllegalStateException("a bug that this test provokes"));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void soDoesAnErrorOnWhateverThreadItHappens(ApiKey key) {
        everyVersionAnswersAndCounts(key, () -> new AssertionError("an error that this test provokes"));
        everyVersionAnswersAndCounts(key, () -> new OutOfMemoryError("an error that this test provokes"));
    }

    private static void everyVersionAnswersAndCounts(ApiKey key, Supplier<? extends Throwable> failure) {
        Conversation client = new Conversation(TestPorts.failing(failure));

        for (int version : versions(key)) {
            RequestMessage request = SampleRequests.of(key, version);
            ResponseMessage answer = client.ask(ResponseMessage.class, request, version);
            assertEquals(Set.of(ErrorCode.UNKNOWN_SERVER_ERROR), errors(answer), version + ": " + answer);
        }
        assertEquals(versions(key).length, client.failures());
    }

    @ParameterizedTest
    @MethodSource("asking")
    void whatChangesFilesIsHandledByWorkersAndAllElseOnTheLoop(ApiKey key) {
        Conversation client =
                new Conversation(TestPorts.failing(() -> new BrokerException(ErrorCode.POLICY_VIOLATION, "asked")));

        client.send(SampleRequests.of(key, key.highestStableVersion()), key.highestStableVersion());

        assertEquals(CHANGING_FILES.contains(key), client.workerTasks() > 0);
    }

    /** The errors that an answer tells, wherever in it they stand. */
    private static Set<ErrorCode> errors(ResponseMessage answer) {
        Set<ErrorCode> errors = ERROR_CODE
                .matcher(answer.toString())
                .results()
                .map(found -> error(Integer.parseInt(found.group(1))))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ErrorCode.class)));
        errors.remove(ErrorCode.NONE);
        return errors;
    }

    private static ErrorCode error(int code) {
        return Stream.of(ErrorCode.values())
                .filter(error -> error.code() == code)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theseApisAreServed() {
        assertEquals(
                EnumSet.of(
                        ApiKey.PRODUCE,
                        ApiKey.FETCH,
                        ApiKey.LIST_OFFSETS,
                        ApiKey.METADATA,
                        ApiKey.OFFSET_COMMIT,
                        ApiKey.OFFSET_FETCH,
                        ApiKey.FIND_COORDINATOR,
                        ApiKey.JOIN_GROUP,
                        ApiKey.HEARTBEAT,
                        ApiKey.LEAVE_GROUP,
                        ApiKey.SYNC_GROUP,
                        ApiKey.CONSUMER_GROUP_HEARTBEAT,
                        ApiKey.CONSUMER_GROUP_DESCRIBE,
                        ApiKey.DESCRIBE_GROUPS,
                        ApiKey.LIST_GROUPS,
                        ApiKey.API_VERSIONS,
                        ApiKey.CREATE_TOPICS,
                        ApiKey.DELETE_TOPICS,
                        ApiKey.DELETE_RECORDS,
                        ApiKey.INIT_PRODUCER_ID,
                        ApiKey.ADD_PARTITIONS_TO_TXN,
                        ApiKey.ADD_OFFSETS_TO_TXN,
                        ApiKey.END_TXN,
                        ApiKey.TXN_OFFSET_COMMIT,
                        ApiKey.DESCRIBE_TRANSACTIONS,
                        ApiKey.LIST_TRANSACTIONS,
                        ApiKey.WRITE_TXN_MARKERS,
                        ApiKey.OFFSET_FOR_LEADER_EPOCH,
                        ApiKey.DESCRIBE_ACLS,
                        ApiKey.CREATE_ACLS,
                        ApiKey.DELETE_ACLS,
                        ApiKey.DESCRIBE_CONFIGS,
                        ApiKey.ALTER_CONFIGS,
                        ApiKey.DESCRIBE_LOG_DIRS,
                        ApiKey.CREATE_PARTITIONS,
                        ApiKey.DELETE_GROUPS,
                        ApiKey.INCREMENTAL_ALTER_CONFIGS,
                        ApiKey.OFFSET_DELETE,
                        ApiKey.DESCRIBE_CLUSTER,
                        ApiKey.DESCRIBE_TOPIC_PARTITIONS,
                        ApiKey.ELECT_LEADERS,
                        ApiKey.ALTER_PARTITION_REASSIGNMENTS,
                        ApiKey.LIST_PARTITION_REASSIGNMENTS,
                        ApiKey.ALTER_REPLICA_LOG_DIRS,
                        ApiKey.DESCRIBE_QUORUM,
                        ApiKey.DESCRIBE_PRODUCERS,
                        ApiKey.UPDATE_FEATURES,
                        ApiKey.LIST_CONFIG_RESOURCES),
                served().collect(Collectors.toCollection(() -> EnumSet.noneOf(ApiKey.class))));
    }

    private static int[] versions(ApiKey key) {
        return IntStream.rangeClosed(key.lowestVersion(), key.highestStableVersion())
                .toArray();
    }
}
