package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FetchRequest.FetchPartition;
import io.strikemq.adapter.kafka.message.FetchRequest.FetchTopic;
import io.strikemq.adapter.kafka.message.FetchRequest.ForgottenTopic;
import io.strikemq.adapter.kafka.message.FetchResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.ForgottenPartition;
import io.strikemq.domain.fetch.FetchQuery.Naming;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Fetch, versions 0 to 18.
 *
 * <p>Records are sent from where they lie, without a copy, and given back when the socket took them. A request that
 * waits holds no thread; when its client goes away it is cancelled. Versions 0 and 1 understand message format 0, 2 and
 * 3 format 1; 4 brings isolation levels (KIP-98), 7 sessions (KIP-227), 12 the epoch of the last record (KIP-595), 13
 * topic ids (KIP-516), 16 the address of a new leader (KIP-951). Kafka itself has dropped versions 0 to 3. There are no
 * followers here: a broker that asks as one is refused.
 */
public final class FetchApi extends Api<FetchRequest> {
    private static final short FIRST_WITH_SESSIONS = 7;
    private static final short FIRST_BY_ID = 13;
    private static final short FIRST_WITH_REPLICA_STATE = 15;

    private final FetchRecords fetchRecords;
    private final AdvertisedAddresses addresses;

    public FetchApi(FetchRecords fetchRecords, AdvertisedAddresses addresses) {
        super(ApiKey.FETCH, FetchRequest::read);
        this.fetchRecords = fetchRecords;
        this.addresses = addresses;
    }

    @Override
    public void handle(ApiCall<FetchRequest> call) {
        CompletableFuture<FetchResult> result = fetchRecords
                .fetch(call.context(), query(call.request(), call.version()))
                .toCompletableFuture();
        if (!result.isDone()) {
            call.park(() -> result.cancel(false));
        }
        FetchAnswer answer = new FetchAnswer(call.version(), call.connection(), addresses);
        call.whenDone(result, found -> reply(call, answer, found));
    }

    private static void reply(ApiCall<FetchRequest> call, FetchAnswer answer, FetchResult found) {
        ResponseMessage response;
        try {
            response = answer.of(found);
        } catch (RuntimeException | Error e) {
            found.release();
            throw e;
        }
        call.reply(response, found::release);
    }

    private static FetchQuery query(FetchRequest request, short version) {
        Naming naming = version < FIRST_BY_ID ? Naming.BY_NAME : Naming.BY_ID;
        SessionRef session = version < FIRST_WITH_SESSIONS
                ? SessionRef.NONE
                : new SessionRef(request.sessionId(), request.sessionEpoch(), naming);
        return new FetchQuery(
                Duration.ofMillis(Math.max(0, request.maxWaitMs())),
                request.minBytes(),
                request.maxBytes(),
                IsolationLevels.of(request.isolationLevel()),
                session,
                partitions(request, version),
                forgotten(request, version),
                maxMagic(version),
                replicaId(request, version));
    }

    private static int replicaId(FetchRequest request, short version) {
        return version < FIRST_WITH_REPLICA_STATE
                ? request.replicaId()
                : request.replicaState().replicaId();
    }

    private static byte maxMagic(short version) {
        if (version < 2) {
            return 0;
        }
        return (byte) (version < 4 ? 1 : 2);
    }

    private static List<PartitionQuery> partitions(FetchRequest request, short version) {
        List<PartitionQuery> partitions = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            TopicRef ref = ref(version, topic.topic(), topic.topicId());
            for (FetchPartition partition : topic.partitions()) {
                partitions.add(new PartitionQuery(
                        ref,
                        partition.partition(),
                        partition.currentLeaderEpoch(),
                        partition.fetchOffset(),
                        partition.lastFetchedEpoch(),
                        partition.logStartOffset(),
                        partition.partitionMaxBytes()));
            }
        }
        return partitions;
    }

    private static List<ForgottenPartition> forgotten(FetchRequest request, short version) {
        List<ForgottenPartition> forgotten = new ArrayList<>();
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            TopicRef ref = ref(version, topic.topic(), topic.topicId());
            topic.partitions().forEach(partition -> forgotten.add(new ForgottenPartition(ref, partition)));
        }
        return forgotten;
    }

    private static TopicRef ref(short version, String name, UUID id) {
        return version >= FIRST_BY_ID ? TopicRef.byId(id) : TopicRef.byName(name);
    }

    /** What the session reads is named, too. All rows stay: a session has to learn of each. */
    @Override
    protected FetchRequest select(FetchRequest request, short version, RowVisitor rows) {
        for (PartitionQuery read : fetchRecords.reads(query(request, version))) {
            show(read, rows);
        }
        return request;
    }

    /** Rows also where a refusal is of the whole: consumers look at them for what has to do with one partition. */
    @Override
    protected FetchResponse refusalOfRows(FetchRequest request, short version, RowVisitor wanted, ErrorCode error) {
        List<PartitionQuery> refused = new ArrayList<>();
        for (PartitionQuery read : fetchRecords.reads(query(request, version))) {
            if (show(read, wanted)) {
                refused.add(read);
            }
        }
        return FetchAnswer.refusal(refused, version, error);
    }

    @Override
    protected FetchRequest withoutWaiting(FetchRequest request) {
        return request.toBuilder().maxWaitMs(0).build();
    }

    @Override
    protected boolean carriesRecords() {
        return true;
    }

    @Override
    protected FetchResponse corrupted(ResponseMessage answer, RowVisitor wanted) {
        return CorruptedRecords.in((FetchResponse) answer, wanted);
    }

    private static boolean show(PartitionQuery read, RowVisitor rows) {
        rows.enter();
        if (read.topic().isById()) {
            rows.topicId(read.topic().id());
        } else {
            rows.topic(read.topic().name());
        }
        rows.partition(read.partition());
        return rows.leave();
    }

    @Override
    public FetchResponse refusal(FetchRequest request, short version, ErrorCode error, String message) {
        return FetchAnswer.refusal(request, version, error);
    }
}
