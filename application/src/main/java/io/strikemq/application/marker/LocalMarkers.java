package io.strikemq.application.marker;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Writes markers to partitions whose logs are here: with open logs, and not too many markers, everything happens on the
 * calling thread.
 *
 * <p>A partition that a command names twice gets one marker, as in Kafka.
 */
public final class LocalMarkers implements WriteTransactionMarkers {
    private static final Logger LOG = System.getLogger(LocalMarkers.class.getName());

    /** More markers than these do not keep up a thread that serves others meanwhile. */
    private static final int MOST_AT_ONCE = 64;

    private final Partitions partitions;
    private final MarkerListener listener;

    /** {@code listener}: is told of each marker that is in a log, before it is answered. */
    public LocalMarkers(Partitions partitions, MarkerListener listener) {
        this.partitions = partitions;
        this.listener = listener;
    }

    @Override
    public CompletionStage<List<MarkersWritten>> write(RequestContext context, List<MarkerCommand> commands) {
        List<Partition> unopened = List.of();
        int count = 0;
        for (MarkerCommand command : commands) {
            count += command.partitions().size();
            for (TopicPartition name : command.partitions()) {
                unopened = Partitions.withUnopened(unopened, partitions.find(name));
            }
        }
        boolean takesLong = count > MOST_AT_ONCE && !NonBlockingThread.mayWait();
        return unopened.isEmpty() && takesLong
                ? partitions.onWorker(() -> writeAll(commands))
                : partitions.whenOpen(unopened, () -> writeAll(commands));
    }

    private List<MarkersWritten> writeAll(List<MarkerCommand> commands) {
        List<MarkersWritten> written = new ArrayList<>(commands.size());
        for (MarkerCommand command : commands) {
            Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
            for (TopicPartition name : command.partitions()) {
                errors.computeIfAbsent(name, each -> write(command.marker(), each));
            }
            written.add(new MarkersWritten(command.marker().producer().id(), errors));
        }
        return written;
    }

    private ErrorCode write(TransactionMarker marker, TopicPartition name) {
        Partition partition = partitions.find(name);
        if (partition == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        if (!marker.isComplete()) {
            // What Kafka answers to whoever makes up a marker of nobody, whatever else was asked and done.
            throw new BrokerException(ErrorCode.UNKNOWN_SERVER_ERROR, null);
        }
        try {
            listener.written(marker, name, partition.appendMarker(marker));
            return ErrorCode.NONE;
        } catch (BrokerException e) {
            return e.error();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A bug: writing " + marker + " to " + name + " failed", e);
            return ErrorCode.UNKNOWN_SERVER_ERROR;
        }
    }
}
