package io.strikemq.application.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import io.strikemq.domain.transaction.TransactionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the markers of transactions whose outcome is decided, again and again where a partition does not take one, and then
 * completes the transaction. Callable from any thread, with no lock held.
 */
final class MarkerWriting {
    private static final Logger LOG = System.getLogger(MarkerWriting.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    /** The broker asks itself. */
    private static final RequestContext BROKER = new RequestContext(0, "", RequestContext.ANONYMOUS, "", "");

    private final WriteTransactionMarkers partitions;
    private final TransactionLog log;
    private final Deadlines deadlines;
    private volatile boolean closed;

    MarkerWriting(WriteTransactionMarkers partitions, TransactionLog log, Deadlines deadlines) {
        this.partitions = partitions;
        this.log = log;
        this.deadlines = deadlines;
    }

    /** Begins; there is never more than one of these at work for a transaction, since it changes only when it is done. */
    void begin(CoordinatedTransaction transaction, WriteMarkers markers) {
        new Task(transaction, markers).run();
    }

    /** The broker stops: the next start goes on with what is left. */
    void close() {
        closed = true;
    }

    private final class Task implements Runnable {
        private final CoordinatedTransaction transaction;
        private final WriteMarkers markers;
        private List<TopicPartition> left;
        private Duration nextRetry = FIRST_RETRY;

        Task(CoordinatedTransaction transaction, WriteMarkers markers) {
            this.transaction = transaction;
            this.markers = markers;
            this.left = List.copyOf(markers.partitions());
        }

        @Override
        public void run() {
            if (closed) {
                return;
            }
            try {
                if (left.isEmpty()) {
                    complete();
                } else {
                    write();
                }
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }

        /** Whatever fails, also in what is done with the answer, is told and tried again. */
        private void write() {
            partitions
                    .write(BROKER, List.of(new MarkerCommand(marker(), left)))
                    .thenAccept(this::written)
                    .exceptionally(failure -> {
                        failed(failure);
                        return null;
                    });
        }

        private TransactionMarker marker() {
            return new TransactionMarker(
                    markers.producer(),
                    markers.outcome(),
                    log.coordinatorEpoch(transaction.id()),
                    markers.version().level());
        }

        private void written(List<MarkersWritten> written) {
            Map<TopicPartition, ErrorCode> errors = written.get(0).errors();
            List<TopicPartition> again = new ArrayList<>();
            for (TopicPartition partition : left) {
                if (!isDone(partition, errors.getOrDefault(partition, ErrorCode.UNKNOWN_SERVER_ERROR))) {
                    again.add(partition);
                }
            }
            left = again;
            if (left.isEmpty()) {
                complete();
            } else {
                retry();
            }
        }

        private boolean isDone(TopicPartition partition, ErrorCode error) {
            switch (error) {
                case NONE, UNKNOWN_TOPIC_OR_PARTITION -> {
                    // A partition that is gone has taken its part of the transaction with it.
                    return true;
                }
                case INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED -> {
                    // Somebody has ended it there before us, with a newer epoch: nothing of it can still be open.
                    say(Level.WARNING, partition + " has a newer marker: " + error);
                    return true;
                }
                default -> {
                    if (!closed) {
                        say(Level.WARNING, partition + " takes no marker, to be written again: " + error);
                    }
                    return false;
                }
            }
        }

        private void complete() {
            ErrorCode error =
                    transaction.applyNow(new TransactionEvent.MarkersWritten()).error();
            if (error != ErrorCode.NONE) {
                retry();
            }
        }

        private void failed(Throwable failure) {
            LOG.log(Level.ERROR, "Markers of transaction " + Printable.name(transaction.id()) + " failed", failure);
            retry();
        }

        private void retry() {
            if (closed) {
                return;
            }
            deadlines.pause(nextRetry, this);
            Duration longer = nextRetry.multipliedBy(2);
            nextRetry = longer.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : longer;
        }

        private void say(Level level, String what) {
            LOG.log(level, "Transaction " + Printable.name(transaction.id()) + ": " + what);
        }
    }
}
