package io.strikemq.application.cluster;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.log.LogDir.LogSize;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Asks logs for their sizes, on worker threads, since those that nobody has used yet are opened for that. */
public final class LogDirs implements DescribeLogDirs {
    private static final Logger LOG = System.getLogger(LogDirs.class.getName());

    private final PartitionLogs logs;
    private final Partitions partitions;
    private final Executor workers;

    /** {@code workers} run what takes long. */
    public LogDirs(PartitionLogs logs, Partitions partitions, Executor workers) {
        this.logs = logs;
        this.partitions = partitions;
        this.workers = workers;
    }

    @Override
    public CompletionStage<LogDir> allLogs(RequestContext context) {
        return describe(partitions.all());
    }

    @Override
    public CompletionStage<LogDir> logsOf(RequestContext context, List<TopicPartition> asked) {
        return describe(asked.stream().distinct().map(partitions::find).filter(Objects::nonNull));
    }

    private CompletionStage<LogDir> describe(Stream<Partition> present) {
        List<Partition> all = present.toList();
        List<Partition> unopened = all.stream().filter(Partition::needsOpening).toList();
        return partitions.whenOpen(unopened, () -> all).thenApplyAsync(this::sizes, workers);
    }

    private LogDir sizes(List<Partition> all) {
        return new LogDir(
                logs.volume(),
                all.stream()
                        .sorted(Comparator.comparing(Partition::name))
                        .map(LogDirs::size)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Empty for a partition that was deleted meanwhile, and for one whose log cannot be opened. */
    private static Optional<LogSize> size(Partition partition) {
        try {
            return Optional.of(new LogSize(partition.name(), partition.sizeInBytes()));
        } catch (BrokerException e) {
            if (e.error() == ErrorCode.KAFKA_STORAGE_ERROR) {
                LOG.log(Level.WARNING, "The size of " + partition.name() + " is not known: " + e.getMessage());
            }
            return Optional.empty();
        }
    }
}
