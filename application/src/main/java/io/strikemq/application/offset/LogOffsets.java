package io.strikemq.application.offset;

import io.strikemq.application.offset.RecordSearch.Found;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.Repetition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.log.LeaderEpochs.End;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks offsets up in the logs that are here. */
public final class LogOffsets implements LookUpOffsets {
    private static final Logger LOG = System.getLogger(LogOffsets.class.getName());
    private static final long NO_TIMESTAMP = -1;

    private final Partitions partitions;
    private final RecordSearch search;

    public LogOffsets(Partitions partitions, RecordReader reader) {
        this.partitions = partitions;
        this.search = new RecordSearch(reader);
    }

    @Override
    public CompletionStage<List<OffsetFound>> lookUp(
            RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries) {
        List<Partition> unopened = unopened(queries, OffsetQuery::partition);
        Supplier<List<OffsetFound>> work = () -> lookUpAll(isolation, queries);
        boolean searches = queries.stream().anyMatch(query -> isSearch(query.timestamp()));
        return searches && unopened.isEmpty() ? partitions.onWorker(work) : partitions.whenOpen(unopened, work);
    }

    /** Whether it takes a look into batches: one may be large, and the first of a codec whose library is loaded for it. */
    private static boolean isSearch(long timestamp) {
        return timestamp >= 0 || timestamp == OffsetQuery.MAX_TIMESTAMP;
    }

    private <Q> List<Partition> unopened(List<Q> queries, Function<Q, TopicPartition> asked) {
        List<Partition> unopened = List.of();
        for (Q query : queries) {
            unopened = Partitions.withUnopened(unopened, partitions.find(asked.apply(query)));
        }
        return unopened;
    }

    private List<OffsetFound> lookUpAll(IsolationLevel isolation, List<OffsetQuery> queries) {
        Set<TopicPartition> repeated = Repetition.repeated(queries, OffsetQuery::partition);
        Map<TopicPartition, OffsetFound> answers = new LinkedHashMap<>();
        for (OffsetQuery query : queries) {
            answers.computeIfAbsent(
                    query.partition(),
                    partition -> repeated.contains(partition)
                            ? OffsetFound.nothing(partition, ErrorCode.INVALID_REQUEST)
                            : lookUpGuarded(isolation, query));
        }
        return List.copyOf(answers.values());
    }

    private OffsetFound lookUpGuarded(IsolationLevel isolation, OffsetQuery query) {
        if (!query.isSupported()) {
            return OffsetFound.nothing(query.partition(), ErrorCode.UNSUPPORTED_VERSION);
        }
        try {
            Partition partition = find(query.partition(), query.currentLeaderEpoch());
            return lookUp(partition, isolation, query);
        } catch (BrokerException e) {
            return OffsetFound.nothing(query.partition(), e.error());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A bug: looking up " + query + " failed", e);
            return OffsetFound.nothing(query.partition(), ErrorCode.UNKNOWN_SERVER_ERROR);
        }
    }

    private Partition find(TopicPartition name, int currentLeaderEpoch) {
        Partition partition = partitions.find(name);
        if (partition == null) {
            throw new BrokerException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no partition " + name + ".");
        }
        ErrorCode epochError = partition.checkLeaderEpoch(currentLeaderEpoch);
        if (epochError != ErrorCode.NONE) {
            throw new BrokerException(
                    epochError,
                    "The leader epoch of partition " + name + " is " + partition.leaderEpoch() + ", not "
                            + currentLeaderEpoch + ".");
        }
        return partition;
    }

    private OffsetFound lookUp(Partition partition, IsolationLevel isolation, OffsetQuery query) {
        long timestamp = query.timestamp();
        if (timestamp == OffsetQuery.LATEST) {
            return at(partition, partition.end().offset(isolation));
        }
        if (timestamp == OffsetQuery.EARLIEST || timestamp == OffsetQuery.EARLIEST_LOCAL) {
            return at(partition, partition.startOffset());
        }
        if (timestamp == OffsetQuery.LATEST_TIERED || timestamp == OffsetQuery.EARLIEST_PENDING_UPLOAD) {
            return OffsetFound.nothing(query.partition(), ErrorCode.NONE);
        }
        Optional<Found> found = timestamp == OffsetQuery.MAX_TIMESTAMP
                ? search.latest(partition)
                : search.firstAtOrAfter(partition, timestamp);
        // Asked after the search: a record that came in the course of it is as good as those before.
        long readable = partition.end().offset(isolation);
        return found.filter(record -> record.offset() < readable)
                .map(record -> new OffsetFound(
                        query.partition(), ErrorCode.NONE, record.timestamp(), record.offset(), record.leaderEpoch()))
                .orElseGet(() -> OffsetFound.nothing(query.partition(), ErrorCode.NONE));
    }

    private static OffsetFound at(Partition partition, long offset) {
        return new OffsetFound(partition.name(), ErrorCode.NONE, NO_TIMESTAMP, offset, partition.leaderEpoch());
    }

    @Override
    public CompletionStage<List<EpochEndOffset>> endOfEpochs(RequestContext context, List<EpochQuery> queries) {
        return partitions.whenOpen(
                unopened(queries, EpochQuery::partition),
                () -> queries.stream().map(this::endOfEpoch).toList());
    }

    private EpochEndOffset endOfEpoch(EpochQuery query) {
        try {
            Partition partition = find(query.partition(), query.currentLeaderEpoch());
            End end = partition
                    .leaderEpochs()
                    .endOf(query.leaderEpoch(), partition.end().highWatermark());
            return new EpochEndOffset(query.partition(), ErrorCode.NONE, end.epoch(), end.endOffset());
        } catch (BrokerException e) {
            return failed(query, e.error());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A bug: looking up " + query + " failed", e);
            return failed(query, ErrorCode.UNKNOWN_SERVER_ERROR);
        }
    }

    private static EpochEndOffset failed(EpochQuery query, ErrorCode error) {
        return new EpochEndOffset(query.partition(), error, End.UNKNOWN.epoch(), End.UNKNOWN.endOffset());
    }
}
