package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DriveClock;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.in.ReadJournal;
import io.strikemq.domain.port.in.ResetBroker;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.port.in.SteerGroups;
import io.strikemq.domain.port.in.TakeSnapshots;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.topic.TopicRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A running server over ports that live in memory, and a client that talks to it. */
final class RestFixture implements AutoCloseable {
    static final long NOW = 1_234_567_890L;
    static final int MAX_REQUEST_BYTES = 1 << 20;

    final InMemoryTopics topics = new InMemoryTopics();
    final DescribeTopics describe = mock(DescribeTopics.class, delegatesTo(topics));
    final ProduceRecords produce = mock(ProduceRecords.class, delegatesTo(topics));
    final FetchRecords fetch = mock(FetchRecords.class, delegatesTo(topics));
    final LookUpOffsets lookUp = mock(LookUpOffsets.class, delegatesTo(topics));
    final CreateTopics create = mock(CreateTopics.class);
    final DeleteTopics delete = mock(DeleteTopics.class);
    final InspectGroups groups = mock(InspectGroups.class);
    final ResetOffsets resets = mock(ResetOffsets.class);
    final PutRecords records = mock(PutRecords.class);
    final SteerGroups steering = mock(SteerGroups.class);
    final FenceProducers producers = mock(FenceProducers.class);
    final InspectTransactions transactions = mock(InspectTransactions.class);
    final InjectFaults faults = mock(InjectFaults.class);
    final DriveClock clock = mock(DriveClock.class);
    final CommitOffsets offsets = mock(CommitOffsets.class);
    final AwaitState await = mock(AwaitState.class);
    final TakeSnapshots snapshots = mock(TakeSnapshots.class);
    final ResetBroker reset = mock(ResetBroker.class);
    final ReadJournal journal = mock(ReadJournal.class);
    final CompressionCodecs codecs = new GzipAlone();
    final RestServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A server with limits that no test of something else reaches. */
    RestFixture() throws IOException {
        this(settings("127.0.0.1", 0, limits(MAX_REQUEST_BYTES, 64L << 20, Duration.ofSeconds(20))));
    }

    RestFixture(RestSettings settings) throws IOException {
        stubNoGroups();
        server = RestServer.bind(settings, apis());
        server.start();
    }

    static RestSettings settings(String address, int port, RestLimits limits) {
        return new RestSettings(address, port, 7, limits, new TrustedCallers(List.of(), List.of(), List::of));
    }

    /** Limits with the same time for heads, bodies and answers. */
    static RestLimits limits(int maxRequestBytes, long memoryBytes, Duration time) {
        return new RestLimits(maxRequestBytes, 1 << 20, memoryBytes, 100, time, time, time);
    }

    List<RestApi> apis() {
        return List.of(
                new BrokerApi(() -> new ClusterDescription("p4EKNwbCQxWUkVlHnUhPDg", 7, List.of(7)), this::facts),
                new TopicsApi(describe, topics, create, delete, topics),
                new PeekApi(describe, topics, fetch, codecs),
                new ProduceApi(describe, produce, codecs, new FrozenClock()),
                new RecordsApi(records),
                new GroupsApi(groups, offsets, lookUp),
                new GroupOffsetsApi(resets),
                new SteerGroupsApi(steering),
                new TransactionsApi(transactions, producers),
                new FaultsApi(faults),
                new ClockApi(clock),
                new AwaitApi(await),
                new ResetApi(reset),
                new JournalApi(journal),
                new SnapshotsApi(snapshots));
    }

    /** Makes the group one that exists, with these committed offsets. */
    void group(GroupDescription group, GroupOffsets.Row... committed) {
        thereIs(group.groupId(), committed);
        when(groups.describe(any(), eq(group.groupId()))).thenReturn(group);
    }

    /** Makes the group of the new protocol one that exists, with these committed offsets. */
    void group(ConsumerGroupDescription group, GroupOffsets.Row... committed) {
        thereIs(group.groupId(), committed);
        when(groups.describeConsumerGroup(any(), eq(group.groupId()))).thenReturn(group);
    }

    private void thereIs(String groupId, GroupOffsets.Row... committed) {
        when(groups.exists(groupId)).thenReturn(true);
        when(offsets.committed(any(), eq(allOffsetsOf(groupId))))
                .thenReturn(new GroupOffsets(groupId, ErrorCode.NONE, List.of(committed)));
    }

    /** Unless a test says otherwise, there is no group at all. */
    private void stubNoGroups() {
        when(groups.describe(any(), any()))
                .then(call -> new GroupDescription(
                        ErrorCode.GROUP_ID_NOT_FOUND, null, call.getArgument(1), "Dead", 0, "", "", null, List.of()));
        when(groups.describeConsumerGroup(any(), any()))
                .then(call -> ConsumerGroupDescription.failed(call.getArgument(1), ErrorCode.GROUP_ID_NOT_FOUND, null));
    }

    private static GroupOffsetsQuery allOffsetsOf(String groupId) {
        return new GroupOffsetsQuery(groupId, null, -1, null, GroupOffsetsQuery.Stability.ANY);
    }

    private BrokerFacts facts() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bind_address", "127.0.0.1");
        config.put("port", 9092);
        config.put("auto_create_topics_enable", true);
        config.put("advertised_host", null);
        return new BrokerFacts(
                "1.0.0", 7, Duration.ofMillis(61_999), 9092, 8080, 4, "Linux (epoll)", "/data", 1L << 30, config);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** From now on, partition 0 of {@code t} cannot be read for this reason. */
    void fetchFails(ErrorCode error) {
        PartitionFetched failed = PartitionFetched.failed(TopicRef.byName("t"), 0, error);
        doReturn(CompletableFuture.completedFuture(new FetchResult(ErrorCode.NONE, 0, List.of(failed))))
                .when(fetch)
                .fetch(any(), any());
    }

    /** Waits until the server has noticed that all calls are over. */
    void awaitNoMemoryUsed() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (server.memoryUsed() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class FrozenClock implements Clock {
        @Override
        public long wallClockMillis() {
            return NOW;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    }

    /** What the JDK has; the other codecs are the compression adapter's to test. */
    private static final class GzipAlone implements CompressionCodecs {
        @Override
        public ByteBuffer decompress(CompressionType type, byte magic, ByteBuffer compressed, int maxBytes) {
            byte[] bytes = new byte[compressed.remaining()];
            compressed.duplicate().get(bytes);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                byte[] plain = in.readNBytes(maxBytes);
                if (in.read() >= 0) {
                    throw new BrokerException(ErrorCode.MESSAGE_TOO_LARGE, "more than " + maxBytes + " bytes");
                }
                return ByteBuffer.wrap(plain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isAtHand(CompressionType type) {
            return true;
        }

        @Override
        public ByteBuffer compress(Compression compression, byte magic, ByteBuffer plain) {
            byte[] bytes = new byte[plain.remaining()];
            plain.duplicate().get(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ByteBuffer.wrap(out.toByteArray());
        }
    }
}
