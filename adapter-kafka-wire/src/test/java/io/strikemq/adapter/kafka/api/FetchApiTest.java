package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FetchResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.Naming;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.fetch.PartitionFetched.LeaderAndEpoch;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.port.in.FetchRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchApiTest {
    static IntStream fetchVersions() {
        return IntStream.rangeClosed(0, 18);
    }

    @ParameterizedTest
    @MethodSource("fetchVersions")
    void fetchedRecordsAreSentByReferenceAndGivenBackOnce(int version) {
        TrackedSlice slice = new TrackedSlice();
        FetchRecords fetch = (context, query) -> {
            assertEquals(version < 2 ? 0 : version < 4 ? 1 : 2, query.maxMagic());
            Naming naming = version < 13 ? Naming.BY_NAME : Naming.BY_ID;
            assertEquals(new FetchQuery.SessionRef(0, -1, naming), query.session());
            assertEquals(FetchQuery.CONSUMER, query.replicaId());
            assertEquals(IsolationLevel.READ_UNCOMMITTED, query.isolation());
            FetchQuery.PartitionQuery asked = query.partitions().get(0);
            assertEquals(5, asked.offset());
            return CompletableFuture.completedFuture(new FetchResult(
                    ErrorCode.NONE,
                    version < 7 ? 0 : 99,
                    List.of(new PartitionFetched(asked.topic(), 0, ErrorCode.NONE, 10, 9, 1, null, null, slice))));
        };
        Conversation client = new Conversation(TestPorts.with(fetch));

        FetchResponse answer = client.ask(FetchResponse.class, SampleRequests.fetch(version), version);

        FetchResponse.PartitionData partition =
                answer.responses().get(0).partitions().get(0);
        assertEquals(10, partition.highWatermark());
        assertEquals(slice.bytes, partition.records().get(0));
        assertEquals(version < 7 ? 0 : 99, answer.sessionId());
        assertTrue(client.response().buffers().stream().anyMatch(ByteBuffer::isDirect), "by reference");
        assertNull(client.cancellation(), "nothing is parked");
        assertEquals(0, slice.released);
        client.response().release().run();
        assertEquals(1, slice.released);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 12, 13})
    void anIsolationThatIsNoneIsRefusedAsInKafka(int version) {
        FetchRequest sample = SampleRequests.fetch(version);
        FetchRequest request = FetchRequest.builder()
                .isolationLevel((byte) 2)
                .sessionId(version < 7 ? 0 : 3)
                .topics(sample.topics())
                .build();
        FetchRecords nobody = (context, query) -> {
            throw new AssertionError("asked");
        };
        FetchResponse answer = new Conversation(TestPorts.with(nobody)).ask(FetchResponse.class, request, version);

        assertEquals(version < 7 ? 0 : -1, answer.errorCode());
        assertEquals(version < 7 ? 0 : 3, answer.sessionId());
        assertEquals(version < 13 ? 1 : 0, answer.responses().size());
        if (version < 13) {
            FetchResponse.PartitionData partition =
                    answer.responses().get(0).partitions().get(0);
            assertEquals(-1, partition.errorCode());
            assertEquals(List.of(), partition.abortedTransactions());
        }
    }

    @Test
    void aBrokerIsKnownByItsIdInAllVersions() {
        List<Integer> replicas = new ArrayList<>();
        FetchRecords fetch = (context, query) -> {
            replicas.add(query.replicaId());
            return CompletableFuture.completedFuture(FetchResult.refused(ErrorCode.NONE));
        };
        Conversation client = new Conversation(TestPorts.with(fetch));
        client.ask(FetchResponse.class, FetchRequest.builder().replicaId(7).build(), 14);
        FetchRequest.ReplicaState state =
                FetchRequest.ReplicaState.builder().replicaId(8).build();
        client.ask(
                FetchResponse.class, FetchRequest.builder().replicaState(state).build(), 15);
        assertEquals(List.of(7, 8), replicas);
    }

    @Test
    void aWaitingFetchIsParkedAndCancelledWhenTheClientGoes() {
        CompletableFuture<FetchResult> waiting = new CompletableFuture<>();
        FetchRecords fetch = (context, query) -> waiting;
        Conversation client = new Conversation(TestPorts.with(fetch));

        client.send(SampleRequests.fetch(17), 17);
        assertNull(client.response());
        client.cancellation().run();

        assertTrue(waiting.isCancelled());
        assertNull(client.response());
        assertEquals(0, client.failures(), "a client that goes away is no failure");
    }

    @Test
    void aNewLeaderIsToldWithItsAddressFromVersion16On() {
        FetchRecords fetch = (context, query) -> {
            return CompletableFuture.completedFuture(new FetchResult(
                    ErrorCode.NONE,
                    0,
                    List.of(new PartitionFetched(
                            query.partitions().get(0).topic(),
                            0,
                            ErrorCode.FENCED_LEADER_EPOCH,
                            -1,
                            -1,
                            -1,
                            null,
                            new LeaderAndEpoch(Conversation.BROKER_ID, 4),
                            LogSlice.EMPTY))));
        };
        Conversation client = new Conversation(TestPorts.with(fetch));

        for (int version = 0; version <= 18; version++) {
            FetchResponse answer = client.ask(FetchResponse.class, SampleRequests.fetch(version), version);
            FetchResponse.PartitionData partition =
                    answer.responses().get(0).partitions().get(0);
            assertEquals(version < 12 ? -1 : 4, partition.currentLeader().leaderEpoch());
            assertEquals(version < 16 ? 0 : 1, answer.nodeEndpoints().size());
        }
    }

    /** Bytes that are large enough to be worth no copy. */
    private static final class TrackedSlice implements LogSlice {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(5000);
        private int released;

        @Override
        public List<ByteBuffer> buffers() {
            return List.of(bytes.duplicate());
        }

        @Override
        public int sizeInBytes() {
            return bytes.remaining();
        }

        @Override
        public void release() {
            released++;
        }
    }
}
