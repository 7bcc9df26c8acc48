package io.strikemq.application;

import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.ForgottenPartition;
import io.strikemq.domain.fetch.FetchQuery.Naming;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fetch request, said briefly. Without further words it waits for nothing and has the limits of Kafka's consumer. */
public final class Reading {
    private final List<PartitionQuery> partitions = new ArrayList<>();
    private final List<ForgottenPartition> forgotten = new ArrayList<>();
    private Duration maxWait = Duration.ZERO;
    private int minBytes = 1;
    private int maxBytes = 50 << 20;
    private int partitionMaxBytes = 1 << 20;
    private IsolationLevel isolation = IsolationLevel.READ_UNCOMMITTED;
    private SessionRef session = SessionRef.NONE;
    private Naming naming = Naming.BY_NAME;
    private byte maxMagic = 2;
    private int replicaId = FetchQuery.CONSUMER;

    public Reading from(String topic, int partition, long offset) {
        return from(TopicRef.byName(topic), partition, offset);
    }

    public Reading from(TopicRef topic, int partition, long offset) {
        return from(topic, partition, offset, -1);
    }

    public Reading from(TopicRef topic, int partition, long offset, int leaderEpoch) {
        return ask(new PartitionQuery(topic, partition, leaderEpoch, offset, -1, -1, partitionMaxBytes));
    }

    public Reading ask(PartitionQuery query) {
        partitions.add(query);
        return this;
    }

    public Reading forget(String topic, int partition) {
        forgotten.add(new ForgottenPartition(TopicRef.byName(topic), partition));
        return this;
    }

    public Reading atLeast(int bytes) {
        minBytes = bytes;
        return this;
    }

    public Reading atMost(int bytes) {
        maxBytes = bytes;
        return this;
    }

    /** Holds for the partitions that are named after it. */
    public Reading atMostOfEach(int bytes) {
        partitionMaxBytes = bytes;
        return this;
    }

    public Reading waiting(Duration wait) {
        maxWait = wait;
        return this;
    }

    public Reading committed() {
        isolation = IsolationLevel.READ_COMMITTED;
        return this;
    }

    public Reading session(int id, int epoch) {
        session = new SessionRef(id, epoch, naming);
        return this;
    }

    /** Holds for topics and the session that are named after it. */
    public Reading byIds() {
        naming = Naming.BY_ID;
        return this;
    }

    public Reading asBroker(int id) {
        replicaId = id;
        return this;
    }

    public Reading inFormat(int magic) {
        maxMagic = (byte) magic;
        return this;
    }

    public FetchQuery query() {
        return new FetchQuery(
                maxWait, minBytes, maxBytes, isolation, session, partitions, forgotten, maxMagic, replicaId);
    }

    /** The values of all records of a partition's answer, whole batches as they are. */
    public static List<String> values(OneBroker broker, PartitionFetched fetched) {
        List<String> values = new ArrayList<>();
        RecordReader reader = new RecordReader(broker.codecs);
        for (ByteBuffer buffer : fetched.records().buffers()) {
            for (RecordBatch batch : RecordBatches.in(buffer)) {
                reader.read(batch)
                        .forEach(record -> values.add(StandardCharsets.UTF_8
                                .decode(record.value().duplicate())
                                .toString()));
            }
        }
        return values;
    }

    /** The values of all records of an answer, partition by partition. */
    public static List<String> values(OneBroker broker, FetchResult result) {
        List<String> values = new ArrayList<>();
        result.partitions().forEach(partition -> values.addAll(values(broker, partition)));
        return values;
    }
}
