package io.strikemq.application.fetch;

import io.strikemq.application.fetch.FetchRound.Read;
import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.fetch.PartitionFetched.AbortedTransaction;
import io.strikemq.domain.fetch.PartitionFetched.LeaderAndEpoch;
import io.strikemq.domain.log.LeaderEpochs.End;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/** Reads partitions one after the other, without a lock. Safe for any thread. */
final class FetchReader {
    private static final Logger LOG = System.getLogger(FetchReader.class.getName());

    private static final Predicate<Partition> ALL = partition -> true;
    private static final Predicate<Partition> OPEN = partition -> !partition.needsOpening();

    private final Partitions partitions;
    private final DownConversion downConversion;
    private final int fetchMaxBytes;

    FetchReader(Partitions partitions, DownConversion downConversion, int fetchMaxBytes) {
        this.partitions = partitions;
        this.downConversion = downConversion;
        this.fetchMaxBytes = fetchMaxBytes;
    }

    /** The most bytes that an answer to this request has, but for one large first batch. */
    int maxBytes(FetchQuery request) {
        return Math.max(0, Math.min(request.maxBytes(), fetchMaxBytes));
    }

    /** The partitions among those asked for whose logs have to be opened before they can be read. */
    List<Partition> unopened(List<PartitionQuery> queries) {
        List<Partition> unopened = List.of();
        for (PartitionQuery query : queries) {
            unopened = Partitions.withUnopened(unopened, partitions.find(query.topic(), query.partition()));
        }
        return unopened;
    }

    /** Reads {@code queries} once, within the request's limits. */
    FetchRound read(RequestContext context, FetchQuery request, List<PartitionQuery> queries) {
        return read(context, request, queries, ALL);
    }

    /**
     * As {@link #read}, after a wait. A partition that came into being meanwhile is left to the next fetch: this one was
     * told to wait without it, and the thread that ends the wait opens no logs.
     */
    FetchRound readAgain(RequestContext context, FetchQuery request, List<PartitionQuery> queries) {
        return read(context, request, queries, OPEN);
    }

    private FetchRound read(
            RequestContext context, FetchQuery request, List<PartitionQuery> queries, Predicate<Partition> which) {
        FetchRound round = new FetchRound(context, request, maxBytes(request), queries.size());
        try {
            for (int i = 0; i < queries.size(); i++) {
                read(round, queries.get(i), which);
            }
            return round;
        } catch (RuntimeException | Error e) {
            round.release();
            throw e;
        }
    }

    private void read(FetchRound round, PartitionQuery query, Predicate<Partition> which) {
        Partition partition = partitions.find(query.topic(), query.partition());
        if (partition == null || !which.test(partition)) {
            round.missing(PartitionFetched.absent(query.topic(), query.partition(), partitions.absence(query.topic())));
        } else {
            readGuarded(round, query, partition);
        }
    }

    private void readGuarded(FetchRound round, PartitionQuery query, Partition partition) {
        try {
            ErrorCode epochError = partition.checkLeaderEpoch(Math.max(Partition.NO_EPOCH, query.currentLeaderEpoch()));
            ErrorCode otherError = round.refuses(query);
            if (epochError != ErrorCode.NONE) {
                round.failed(wrongEpoch(round, query, partition, epochError));
            } else if (otherError != ErrorCode.NONE) {
                round.failed(failed(query, otherError));
            } else {
                read(round, query, partition);
            }
        } catch (BrokerException e) {
            round.failed(failed(query, e.error()));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "A bug: fetching from " + partition.name() + " at offset " + query.offset() + " for client '"
                            + Printable.name(round.context().clientId()) + "' failed",
                    e);
            round.failed(failed(query, ErrorCode.UNKNOWN_SERVER_ERROR));
        }
    }

    private void read(FetchRound round, PartitionQuery query, Partition partition) {
        // The end comes first: whatever is appended after this moment is then counted as new, and nothing twice.
        LogEnd end = partition.end();
        if (knowsAnUnknownEpoch(query, partition, end)) {
            round.failed(failed(query, ErrorCode.OFFSET_OUT_OF_RANGE));
            return;
        }
        ReadLimit limit = round.limit(query, end);
        if (round.wantsLessThanNothing(query) && isSomethingAt(query.offset(), partition, limit)) {
            round.failed(failed(query, ErrorCode.UNKNOWN_SERVER_ERROR));
            return;
        }
        LogRead read = partition.read(query.offset(), limit);
        if (read instanceof LogRead.Found found) {
            add(round, query, partition, end, limit, found.slice());
        } else if (read instanceof LogRead.Damaged) {
            round.failed(failed(query, ErrorCode.CORRUPT_MESSAGE));
        } else if (read instanceof LogRead.BelowStart || read instanceof LogRead.PastEnd) {
            round.failed(failed(query, ErrorCode.OFFSET_OUT_OF_RANGE));
        } else {
            throw new IllegalStateException("unexpected " + read);
        }
    }

    /** Where there is nothing, Kafka does not look how much may be read. */
    private static boolean isSomethingAt(long offset, Partition partition, ReadLimit limit) {
        return offset >= partition.startOffset() && offset < limit.maxOffset();
    }

    /** Hands a slice over to the round, or releases it: the partition may have gone since it was read. */
    private void add(
            FetchRound round, PartitionQuery query, Partition partition, LogEnd end, ReadLimit limit, LogSlice slice) {
        LogSlice held = slice;
        try {
            int size = slice.sizeInBytes();
            boolean isLeftOut = size == 0 && query.offset() < limit.maxOffset();
            List<AbortedTransaction> aborted = aborted(round, query, partition, slice);
            if (size > 0 && round.request().maxMagic() < MessageFormat.V2) {
                held = LogSlice.EMPTY;
                held = inOldFormat(round.request().maxMagic(), query, partition, limit, slice);
                // Control records alone are nothing to this reader: it waits as for none.
                size = held.sizeInBytes() == 0 ? 0 : size;
            }
            PartitionFetched result = fetched(query, partition, end, aborted, held);
            round.read(new Read(partition, query, end, isLeftOut ? limit.maxBytes() : size), size, result);
        } catch (RuntimeException | Error e) {
            held.release();
            throw e;
        }
    }

    private static boolean knowsAnUnknownEpoch(PartitionQuery query, Partition partition, LogEnd end) {
        return query.lastFetchedEpoch() >= 0
                && partition
                        .leaderEpochs()
                        .endOf(query.lastFetchedEpoch(), end.highWatermark())
                        .equals(End.UNKNOWN);
    }

    /**
     * The records of the slice, which it releases, in an old format; where they are control records alone, which such a
     * reader must not see, those behind them: it cannot ask for them, since it does not know their offsets.
     */
    private LogSlice inOldFormat(
            byte magic, PartitionQuery query, Partition partition, ReadLimit limit, LogSlice slice) {
        LogSlice next = slice;
        while (true) {
            ByteBuffer converted;
            long end;
            try {
                converted = downConversion.convert(next.buffers(), magic, query.offset());
                end = RecordBatches.endOffset(next.buffers());
            } finally {
                next.release();
            }
            if (converted.hasRemaining()) {
                return LogSlice.of(List.of(converted));
            }
            boolean isMore = end > query.offset() && end < limit.maxOffset();
            next = isMore ? partition.read(end, limit).found().orElse(LogSlice.EMPTY) : LogSlice.EMPTY;
            if (next.sizeInBytes() == 0) {
                return next;
            }
        }
    }

    /**
     * The aborted transactions that have records among these, for those who asked for committed ones; they leave such
     * records out themselves (KIP-98).
     */
    private static List<AbortedTransaction> aborted(
            FetchRound round, PartitionQuery query, Partition partition, LogSlice records) {
        if (round.request().isolation() != IsolationLevel.READ_COMMITTED) {
            return null;
        }
        if (records.sizeInBytes() == 0 || !partition.hasAbortedFrom(query.offset())) {
            return List.of();
        }
        return partition.aborted(query.offset(), RecordBatches.endOffset(records.buffers())).stream()
                .map(each -> new AbortedTransaction(each.producerId(), each.firstOffset()))
                .toList();
    }

    private static PartitionFetched fetched(
            PartitionQuery query, Partition partition, LogEnd end, List<AbortedTransaction> aborted, LogSlice records) {
        return new PartitionFetched(
                query.topic(),
                query.partition(),
                ErrorCode.NONE,
                end.highWatermark(),
                end.lastStableOffset(),
                partition.startOffset(),
                aborted,
                null,
                records);
    }

    /** To a reader whose leader epoch is too old, the answer tells the leader at once (KIP-951). */
    private static PartitionFetched wrongEpoch(
            FetchRound round, PartitionQuery query, Partition partition, ErrorCode error) {
        LeaderAndEpoch leader = error == ErrorCode.FENCED_LEADER_EPOCH
                ? new LeaderAndEpoch(round.context().brokerId(), partition.leaderEpoch())
                : null;
        return new PartitionFetched(query.topic(), query.partition(), error, -1, -1, -1, null, leader, LogSlice.EMPTY);
    }

    private static PartitionFetched failed(PartitionQuery query, ErrorCode error) {
        return PartitionFetched.failed(query.topic(), query.partition(), error);
    }
}
