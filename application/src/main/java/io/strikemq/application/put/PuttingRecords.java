package io.strikemq.application.put;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.put.BatchToPut;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.RecordsPut;
import io.strikemq.domain.put.TopicExport;
import io.strikemq.domain.put.TopicImport;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** Puts batches into partitions past what is asked of producers. */
public final class PuttingRecords implements PutRecords {
    private static final RequestContext TESTER =
            new RequestContext(0, "POWERS", RequestContext.ANONYMOUS, "", "/127.0.0.1");

    private final DescribeTopics topics;
    private final Partitions partitions;
    private final FetchRecords fetch;
    private final CompressionCodecs codecs;
    private final Clock clock;

    public PuttingRecords(
            DescribeTopics topics, Partitions partitions, FetchRecords fetch, CompressionCodecs codecs, Clock clock) {
        this.topics = topics;
        this.partitions = partitions;
        this.fetch = fetch;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    public RecordsPut put(String topic, BatchToPut batch) {
        ByteBuffer bytes = batch.build(codecs, clock.wallClockMillis());
        String name = ownable(topic).name();
        return put(name, batch.partition(), bytes, batch.baseOffset(), batch.isCorrupt());
    }

    private RecordsPut put(String topic, int number, ByteBuffer bytes, OptionalLong at, boolean isDamaged) {
        RecordBatch batch = new RecordBatch(bytes, 0);
        Partition partition = partition(topic, number);
        partition.put(batch, end -> placed(partition, at, end));
        if (isDamaged) {
            partition.checkpointUpTo(batch.lastOffset() + 1);
        }
        return new RecordsPut(topic, number, batch.baseOffset(), batch.lastOffset(), batch.recordCount());
    }

    private static long placed(Partition partition, OptionalLong at, long end) {
        long base = at.orElse(end);
        if (base < end || base > BatchToPut.LARGEST_OFFSET) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "offset " + base + " of " + partition.name() + " cannot be put: offsets grow, the next one is "
                            + end + ", the largest " + BatchToPut.LARGEST_OFFSET);
        }
        return base;
    }

    private Partition partition(String topic, int number) {
        Partition partition = partitions.find(new TopicPartition(topic, number));
        if (partition == null) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "topic '" + topic + "' has no partition " + number);
        }
        return partition;
    }

    /** A topic into which testers may put; it is made if need be. */
    private Topic ownable(String name) {
        Topic topic = find(name, Creation.ALLOWED);
        if (topic.isInternal()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "topic '" + name + "' is the broker's own: what it holds would not be what the broker knows");
        }
        return topic;
    }

    private Topic find(String name, Creation creation) {
        TopicListing listing = described(name, creation);
        if (listing.error() != ErrorCode.NONE) {
            String reason = listing.message() != null
                    ? listing.message()
                    : "there is no topic '" + name + "': " + listing.error();
            throw new BrokerException(listing.error(), reason);
        }
        return listing.topic();
    }

    private TopicListing described(String name, Creation creation) {
        try {
            return topics.named(TESTER, List.of(TopicRef.byName(name)), creation)
                    .toCompletableFuture()
                    .join()
                    .get(0);
        } catch (CompletionException e) {
            throw e.getCause() instanceof BrokerException refused ? refused : e;
        }
    }

    @Override
    public TopicExport export(String name, IsolationLevel isolation) {
        Topic topic = find(name, Creation.FORBIDDEN);
        List<Partition> all = IntStream.range(0, topic.partitionCount())
                .mapToObj(number -> partition(name, number))
                .toList();
        return new FetchedExport(fetch, TESTER, isolation, new RecordReader(codecs), all);
    }

    @Override
    public TopicImport beginImport(String name, ImportOffsets offsets) {
        String topic = ownable(name).name();
        return new BatchedImport(
                topic,
                offsets,
                (number, bytes, at, isDamaged) -> put(topic, number, bytes, at, isDamaged),
                codecs,
                clock);
    }
}
