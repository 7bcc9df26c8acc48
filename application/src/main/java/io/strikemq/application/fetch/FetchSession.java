package io.strikemq.application.fetch;

import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.ForgottenPartition;
import io.strikemq.domain.fetch.FetchQuery.Naming;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.PartitionFetched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions that one consumer reads again and again, so that its requests and our answers name only what changed
 * (KIP-227). Partitions are read in this order; those that had records move to the end, so that none starves.
 *
 * <p>Not thread-safe: {@link FetchSessions} guards it.
 */
final class FetchSession {
    private final int id;
    private final Naming naming;
    private final long createdNanos;
    private final Partitions topics;
    private final Map<PartitionKey, SessionPartition> partitions = new LinkedHashMap<>();
    private int epoch = SessionRef.INITIAL_EPOCH;
    private long lastUsedNanos;
    private int sizeWhenLastUsed;

    FetchSession(int id, Naming naming, long nowNanos, Partitions topics) {
        this.id = id;
        this.naming = naming;
        this.topics = topics;
        this.createdNanos = nowNanos;
        this.lastUsedNanos = nowNanos;
    }

    int id() {
        return id;
    }

    /** How all its requests name topics. */
    Naming naming() {
        return naming;
    }

    int epoch() {
        return epoch;
    }

    long createdNanos() {
        return createdNanos;
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    int sizeWhenLastUsed() {
        return sizeWhenLastUsed;
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }

    /** A request came, or the session was just created: the next one must carry the next epoch. */
    void used(long nowNanos) {
        epoch = nextEpoch(epoch);
        lastUsedNanos = nowNanos;
        sizeWhenLastUsed = partitions.size();
    }

    /** After the largest int comes 1, since 0 begins a session. */
    static int nextEpoch(int epoch) {
        return epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    }

    /** Adds what the request adds, replaces what it asks differently, and drops what it forgets. */
    void update(FetchQuery query) {
        for (PartitionQuery asked : query.partitions()) {
            SessionPartition present = partitions.get(PartitionKey.of(asked));
            if (present == null) {
                partitions.put(PartitionKey.of(asked), new SessionPartition(asked));
            } else {
                present.ask(asked);
            }
        }
        for (ForgottenPartition forgotten : query.forgotten()) {
            partitions.remove(new PartitionKey(forgotten.topic(), forgotten.partition()));
        }
    }

    /** What the session reads, in its order. */
    List<PartitionQuery> queries() {
        List<PartitionQuery> queries = new ArrayList<>(partitions.size());
        for (SessionPartition partition : partitions.values()) {
            partition.resolve(topics);
            queries.add(partition.query());
        }
        return queries;
    }

    /** What the session would read after this request, which does not change it. */
    List<PartitionQuery> queriesWith(FetchQuery query) {
        Map<PartitionKey, PartitionQuery> queries = new LinkedHashMap<>();
        partitions.forEach((key, partition) -> queries.put(key, partition.query()));
        query.partitions().forEach(asked -> queries.put(PartitionKey.of(asked), asked));
        query.forgotten()
                .forEach(forgotten -> queries.remove(new PartitionKey(forgotten.topic(), forgotten.partition())));
        return List.copyOf(queries.values());
    }

    /** Fills a new session with the queries and the answers of the request that created it. */
    void begin(List<PartitionQuery> queries, List<PartitionFetched> answers) {
        for (PartitionQuery query : queries) {
            SessionPartition partition = new SessionPartition(query);
            partition.resolve(topics);
            partitions.put(PartitionKey.of(query), partition);
        }
        for (PartitionFetched answer : answers) {
            partitions.get(PartitionKey.of(answer)).answered(answer);
        }
    }

    /** The answers that are news; partitions with records change to the end of the order. */
    List<PartitionFetched> news(List<PartitionFetched> answers) {
        List<PartitionFetched> news = new ArrayList<>();
        for (PartitionFetched read : answers) {
            PartitionKey key = PartitionKey.of(read);
            SessionPartition partition = partitions.get(key);
            PartitionFetched answer = partition.told(read, topics);
            if (partition.updateAndTellWhetherNews(answer)) {
                news.add(answer);
                if (answer.records().sizeInBytes() > 0) {
                    partitions.remove(key);
                    partitions.put(key, partition);
                }
            }
        }
        return news;
    }
}
