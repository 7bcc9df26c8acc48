package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.SegmentReplacement;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces segments of a log, one after the other.
 *
 * <p>Threading: under the log's housekeeping lock, which is taken here; so checkpoints, deletions and the close find the
 * files of all segments in order.
 */
final class SegmentReplacing {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentReplacing.class);

    private final MappedPartitionLog log;
    private final Object housekeeping;
    private final LogFiles files;
    private final LogCheckpoints checkpoints;

    // Guarded by housekeeping.
    /** The one that is being written; null if there is none. */
    private MappedReplacement current;
    /** One that is installed, but whose files have not all got their names; null if there is none. */
    private Unfinished unfinished;

    private record Unfinished(MappedReplacement by, List<Segment> old, long limitOffset) {}

    SegmentReplacing(MappedPartitionLog log, Object housekeeping, LogFiles files, LogCheckpoints checkpoints) {
        this.log = log;
        this.housekeeping = housekeeping;
        this.files = files;
        this.checkpoints = checkpoints;
    }

    /** {@link io.strikemq.domain.port.out.PartitionLog#replaceFrom}. */
    SegmentReplacement begin(long baseOffset, SegmentSettings settings) {
        synchronized (housekeeping) {
            log.refuseIfClosed();
            if (current != null) {
                throw new IllegalStateException("segments of " + files.name() + " are being replaced already");
            }
            try {
                finishLast();
                current = new MappedReplacement(this, files, baseOffset, settings);
            } catch (IOException failure) {
                throw StorageFailure.cannot("write a segment of " + files.name() + " anew", failure);
            }
            return current;
        }
    }

    private void finishLast() throws IOException {
        Unfinished last = unfinished;
        if (last == null) {
            return;
        }
        if (!log.contains(last.by().segment())) {
            last.by().forget(last.limitOffset());
        } else if (!last.by().finish(last.old())) {
            throw new IOException("the last one that was written has not got its name yet");
        }
        unfinished = null;
    }

    /** {@link SegmentReplacement#install}, of one that is durable. */
    Runnable install(MappedReplacement by, long limitOffset) {
        synchronized (housekeeping) {
            log.refuseIfClosed();
            long baseOffset = by.segment().baseOffset();
            List<Segment> old = log.replaceable(baseOffset, limitOffset);
            if (old.isEmpty()) {
                throw new BrokerException(
                        ErrorCode.OFFSET_OUT_OF_RANGE, "segment " + baseOffset + " of " + files.name() + " is deleted");
            }
            try {
                by.replace(old, limitOffset, checkpoints);
            } catch (IOException failure) {
                throw StorageFailure.cannot("replace segments of " + files.name(), failure);
            }
            log.replace(old, by.segment());
            current = null;
            unfinished = by.finish(old) ? null : new Unfinished(by, old, limitOffset);
            return () -> free(old);
        }
    }

    /** A closed log leaves it to the next opening: by then the directory may be another's. */
    private void free(List<Segment> old) {
        synchronized (housekeeping) {
            for (Segment segment : log.isClosed() ? List.<Segment>of() : old) {
                try {
                    files.deleteReplaced(segment.baseOffset());
                } catch (IOException failure) {
                    LOG.warn(
                            "{}: the space of segment {}, which was compacted, is not free before the next start: {}",
                            files.name(),
                            segment.baseOffset(),
                            failure.toString());
                }
            }
        }
    }

    /** {@link SegmentReplacement#close}. */
    void end(MappedReplacement ended) {
        synchronized (housekeeping) {
            if (current == ended) {
                current = null;
                ended.discard(!log.isClosed());
            }
        }
    }
}
