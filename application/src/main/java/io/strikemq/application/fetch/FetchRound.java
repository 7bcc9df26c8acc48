package io.strikemq.application.fetch;

import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.request.RequestContext;
import java.util.ArrayList;
import java.util.List;

/** One reading of all partitions of a request: what is left of its limits, and what it brought. For one thread. */
final class FetchRound {
    /**
     * A partition that was read.
     *
     * @param end      how far the log reached: the read ended there
     * @param readable how many bytes there were to read within the limit: those that were read, or the limit where it
     *                 let not even the first batch through
     */
    record Read(Partition partition, PartitionQuery query, LogEnd end, int readable) {}

    private final RequestContext context;
    private final FetchQuery request;
    private final List<PartitionFetched> results;
    private final List<Read> reads;
    private List<PartitionFetched> missing = List.of();
    private final int maxBytes;
    private long bytes;
    private long readable;
    private boolean failed;

    FetchRound(RequestContext context, FetchQuery request, int maxBytes, int partitions) {
        this.context = context;
        this.request = request;
        this.maxBytes = maxBytes;
        this.results = new ArrayList<>(partitions);
        this.reads = new ArrayList<>(partitions);
    }

    RequestContext context() {
        return context;
    }

    FetchQuery request() {
        return request;
    }

    /** What Kafka says to a broker that it does not know as a follower of the partition. */
    ErrorCode refuses(PartitionQuery query) {
        if (request.replicaId() < 0) {
            return ErrorCode.NONE;
        }
        return query.currentLeaderEpoch() < 0 ? ErrorCode.NOT_LEADER_OR_FOLLOWER : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }

    /** Whether less than no bytes are wanted. The limit of the whole request counts for its first partition alone. */
    boolean wantsLessThanNothing(PartitionQuery query) {
        return query.maxBytes() < 0 || request.maxBytes() < 0 && results.isEmpty();
    }

    /**
     * How far the next partition may be read: only what comes first is returned whatever its size (KIP-74). As in Kafka,
     * the last batch is cut at the limit, which consumers know to read over: so a consumer whose minimum is the limit is
     * answered as soon as the limit is reached.
     */
    ReadLimit limit(PartitionQuery query, LogEnd end) {
        long left = Math.max(0, Math.min(query.maxBytes(), maxBytes - bytes));
        return new ReadLimit(
                end.offset(request.isolation()),
                (int) left,
                bytes == 0 ? FirstBatch.ALWAYS : FirstBatch.ONLY_IF_IT_FITS,
                LastBatch.CUT);
    }

    /** A partition was read, and so many bytes of it. */
    void read(Read read, int size, PartitionFetched result) {
        reads.add(read);
        results.add(result);
        bytes += size;
        readable += read.readable();
    }

    /** Reading a partition that is there failed: the client shall hear of it at once. */
    void failed(PartitionFetched result) {
        results.add(result);
        failed = true;
    }

    /** A partition is not there. As in Kafka, that alone ends no wait for others, and its answer comes after theirs. */
    void missing(PartitionFetched result) {
        if (missing.isEmpty()) {
            missing = new ArrayList<>();
        }
        missing.add(result);
    }

    /** Whether there is a reason to answer now: enough bytes, an error, or nothing to wait for. */
    boolean isEnough(int minBytes) {
        return readable >= minBytes || failed || reads.isEmpty();
    }

    /** The partitions that were read without an error. */
    List<Read> reads() {
        return reads;
    }

    /** The results of all partitions. */
    List<PartitionFetched> results() {
        if (!missing.isEmpty()) {
            results.addAll(missing);
            missing = List.of();
        }
        return results;
    }

    /** Gives back what was read, since it is not enough for an answer. */
    void release() {
        for (PartitionFetched result : results) {
            result.records().release();
        }
    }
}
