package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Topics and their records over plain lists; what tests want to go wrong is stubbed in front of them. */
final class InMemoryTopics implements DescribeTopics, ProduceRecords, FetchRecords, LookUpOffsets, TendLogs {
    private final Map<String, Topic> topics = new TreeMap<>();
    private BrokerException compactionFailure;
    private final Map<TopicPartition, List<ByteBuffer>> logs =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Map<TopicPartition, Long> startOffsets =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    boolean autoCreate = true;
    int fetches;
    int unreleased;
    /** What readers of committed records are told: aborted transactions, and where the oldest open one begins. */
    List<PartitionFetched.AbortedTransaction> aborted = List.of();

    long lastStableOffset = Long.MAX_VALUE;

    /** What became of partitions whose offsets cannot be looked up. */
    final Map<TopicPartition, ErrorCode> broken = new HashMap<>();

    synchronized InMemoryTopics with(String name, int partitions) {
        return with(topic(name, partitions));
    }

    synchronized InMemoryTopics with(Topic topic) {
        topics.put(topic.name(), topic);
        return this;
    }

    static Topic topic(String name, int partitions) {
        return new Topic(name, new UUID(0, name.hashCode()), partitions, (short) 1, Map.of());
    }

    /** Takes a topic and its records away. */
    synchronized void without(String name) {
        topics.remove(name);
        logs.keySet().removeIf(partition -> partition.topic().equals(name));
    }

    /** Puts a batch at the end of a partition as a client would have. */
    synchronized void append(String topic, int partition, ByteBuffer batch) {
        TopicPartition key = new TopicPartition(topic, partition);
        new RecordBatch(batch, 0).assign(endOffset(key), 0);
        logs.computeIfAbsent(key, k -> new ArrayList<>()).add(batch);
    }

    synchronized void trim(String topic, int partition, long startOffset) {
        TopicPartition key = new TopicPartition(topic, partition);
        startOffsets.put(key, startOffset);
        logs.get(key).removeIf(batch -> new RecordBatch(batch, 0).lastOffset() < startOffset);
    }

    synchronized int unreleased() {
        return unreleased;
    }

    private long endOffset(TopicPartition key) {
        List<ByteBuffer> log = logs.getOrDefault(key, List.of());
        return log.isEmpty()
                ? startOffsets.getOrDefault(key, 0L)
                : new RecordBatch(log.get(log.size() - 1), 0).lastOffset() + 1;
    }

    @Override
    public synchronized CompletionStage<TopicLogs> describe(RequestContext context, Topic topic) {
        List<TopicLogs.Held> held = new ArrayList<>();
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            List<ByteBuffer> log = logs.getOrDefault(new TopicPartition(topic.name(), partition), List.of());
            long size = log.stream().mapToLong(ByteBuffer::remaining).sum();
            held.add(new TopicLogs.Held(partition, size, log.isEmpty() ? 0 : 1));
        }
        String policy = topic.configs().getOrDefault("cleanup.policy", "delete");
        return CompletableFuture.completedFuture(new TopicLogs(List.of(policy), held));
    }

    /** Everything is too old. */
    @Override
    public synchronized CompletionStage<List<RecordsExpired>> expire(RequestContext context, Topic topic) {
        List<RecordsExpired> expired = new ArrayList<>();
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            TopicPartition key = new TopicPartition(topic.name(), partition);
            long start = startOffsets.getOrDefault(key, 0L);
            long end = endOffset(key);
            List<ByteBuffer> log = logs.getOrDefault(key, List.of());
            long size = log.stream().mapToLong(ByteBuffer::remaining).sum();
            expired.add(new RecordsExpired(partition, end, end - start, log.isEmpty() ? 0 : 1, size));
            logs.remove(key);
            startOffsets.put(key, end);
        }
        return CompletableFuture.completedFuture(expired);
    }

    /** Pretends that of the records half were outdated. */
    /** From now on compactions fail like this. */
    synchronized void compactionFails(BrokerException failure) {
        compactionFailure = failure;
    }

    @Override
    public synchronized CompletionStage<List<RecordsCompacted>> compact(RequestContext context, Topic topic) {
        if (compactionFailure != null) {
            return CompletableFuture.failedFuture(compactionFailure);
        }
        List<RecordsCompacted> compacted = new ArrayList<>();
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            TopicPartition key = new TopicPartition(topic.name(), partition);
            long end = endOffset(key);
            long size = logs.getOrDefault(key, List.of()).stream()
                    .mapToLong(ByteBuffer::remaining)
                    .sum();
            compacted.add(new RecordsCompacted(partition, end, end, end - end / 2, size, size - size / 2, 2, 1));
        }
        return CompletableFuture.completedFuture(compacted);
    }

    @Override
    public synchronized List<TopicListing> all(RequestContext context) {
        return topics.values().stream().map(InMemoryTopics::listing).toList();
    }

    @Override
    public synchronized CompletionStage<List<TopicListing>> named(
            RequestContext context, List<TopicRef> refs, Creation creation) {
        List<TopicListing> listings = new ArrayList<>();
        for (TopicRef ref : refs) {
            if (!ref.name().matches("[a-zA-Z0-9._-]{1,249}")) {
                listings.add(new TopicListing(ref, ErrorCode.INVALID_TOPIC_EXCEPTION, null, List.of()));
                continue;
            }
            if (autoCreate && creation == Creation.ALLOWED && !topics.containsKey(ref.name())) {
                with(ref.name(), 1);
            }
            Topic topic = topics.get(ref.name());
            listings.add(
                    topic == null
                            ? new TopicListing(ref, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null, List.of())
                            : listing(topic));
        }
        return CompletableFuture.completedFuture(listings);
    }

    private static TopicListing listing(Topic topic) {
        return new TopicListing(TopicRef.byName(topic.name()), ErrorCode.NONE, topic, List.of());
    }

    @Override
    public synchronized CompletionStage<List<PartitionProduced>> produce(
            RequestContext context, ProduceCommand command) {
        PartitionRecords records = command.partitions().get(0);
        TopicPartition key = new TopicPartition(records.topic().name(), records.partition());
        ByteBuffer copy = ByteBuffer.allocate(records.records().remaining());
        copy.put(records.records().duplicate()).flip();
        long baseOffset = endOffset(key);
        append(key.topic(), key.partition(), copy);
        return CompletableFuture.completedFuture(
                List.of(PartitionProduced.appended(records.topic(), records.partition(), baseOffset, -1, 0)));
    }

    @Override
    public synchronized CompletionStage<FetchResult> fetch(RequestContext context, FetchQuery query) {
        fetches++;
        FetchQuery.PartitionQuery wanted = query.partitions().get(0);
        TopicPartition key = new TopicPartition(wanted.topic().name(), wanted.partition());
        long start = startOffsets.getOrDefault(key, 0L);
        if (wanted.offset() < start || wanted.offset() > endOffset(key)) {
            return result(PartitionFetched.failed(wanted.topic(), wanted.partition(), ErrorCode.OFFSET_OUT_OF_RANGE));
        }
        List<ByteBuffer> read = new ArrayList<>();
        for (ByteBuffer batch : logs.getOrDefault(key, List.of())) {
            // One batch an answer, so that every peek of several batches takes several fetches.
            boolean isVisible = query.isolation() != IsolationLevel.READ_COMMITTED
                    || new RecordBatch(batch, 0).baseOffset() < lastStableOffset;
            if (isVisible && new RecordBatch(batch, 0).lastOffset() >= wanted.offset() && read.isEmpty()) {
                read.add(batch.asReadOnlyBuffer());
            }
        }
        unreleased++;
        return result(new PartitionFetched(
                wanted.topic(), wanted.partition(), ErrorCode.NONE, 0, 0, start, aborted(query), null, counted(read)));
    }

    private List<PartitionFetched.AbortedTransaction> aborted(FetchQuery query) {
        return query.isolation() == IsolationLevel.READ_COMMITTED ? aborted : null;
    }

    private static CompletionStage<FetchResult> result(PartitionFetched fetched) {
        return CompletableFuture.completedFuture(new FetchResult(ErrorCode.NONE, 0, List.of(fetched)));
    }

    private LogSlice counted(List<ByteBuffer> buffers) {
        return new LogSlice() {
            @Override
            public List<ByteBuffer> buffers() {
                return buffers;
            }

            @Override
            public int sizeInBytes() {
                return buffers.stream().mapToInt(ByteBuffer::remaining).sum();
            }

            @Override
            public void release() {
                synchronized (InMemoryTopics.this) {
                    unreleased--;
                }
            }
        };
    }

    @Override
    public synchronized CompletionStage<List<OffsetFound>> lookUp(
            RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries) {
        List<OffsetFound> found = new ArrayList<>();
        for (OffsetQuery query : queries) {
            long offset = query.timestamp() == OffsetQuery.EARLIEST
                    ? startOffsets.getOrDefault(query.partition(), 0L)
                    : end(query.partition(), isolation);
            ErrorCode error = topics.containsKey(query.partition().topic())
                    ? broken.getOrDefault(query.partition(), ErrorCode.NONE)
                    : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            found.add(
                    error == ErrorCode.NONE
                            ? new OffsetFound(query.partition(), ErrorCode.NONE, -1, offset, 0)
                            : OffsetFound.nothing(query.partition(), error));
        }
        return CompletableFuture.completedFuture(found);
    }

    private long end(TopicPartition partition, IsolationLevel isolation) {
        return isolation == IsolationLevel.READ_COMMITTED
                ? Math.min(lastStableOffset, endOffset(partition))
                : endOffset(partition);
    }

    @Override
    public CompletionStage<List<EpochEndOffset>> endOfEpochs(RequestContext context, List<EpochQuery> queries) {
        throw new UnsupportedOperationException();
    }
}
