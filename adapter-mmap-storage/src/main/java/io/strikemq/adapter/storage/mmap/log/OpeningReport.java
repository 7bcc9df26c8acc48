package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.log.Recovery.Damage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users are told of an opening: an error for all that was lost, with the segment, the offsets and how many records
 * they are.
 */
final class OpeningReport {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningReport.class);

    private final LogFiles files;

    private long checkedBytes;
    /** Where the log is known to have ended. */
    private long knownEnd;

    private Damage cutAt;

    OpeningReport(LogFiles files) {
        this.files = files;
    }

    void damagedStart(DamagedFileException damage) {
        LOG.error(
                "{}: {}. The log starts with the first record that is there; deleted ones may be among them.",
                name(),
                damage.getMessage());
    }

    void damagedCompactedOffset(DamagedFileException damage) {
        LOG.warn("{}: {}. All of the log is compacted anew.", name(), damage.getMessage());
    }

    void unreadableCheckpoint(IOException why) {
        LOG.warn("{}: {}; the whole log is checked.", name(), why.getMessage());
    }

    void shorterThanCheckpoint(CheckpointFile.Content content) {
        knownEnd = content.endOffset();
        LOG.warn(
                "{}: segment {} is missing or shorter than the checkpoint says; the whole log is checked.",
                name(),
                nameOf(content.segment()));
    }

    void lostAborted(long baseOffset) {
        LOG.warn(
                "{}: the index of transactions that were aborted in segment {} is missing or damaged: it is built anew.",
                name(),
                nameOf(baseOffset));
    }

    /** A segment of this length was checked. */
    void checked(long baseOffset, int length, SegmentRecovery.Recovered found) {
        checkedBytes += found.checkedBytes();
        knownEnd = Math.max(knownEnd, found.lostUpTo());
        for (Damage damage : found.damages()) {
            LOG.error(
                    "{}: in segment {} {}. What is before and behind them is served.",
                    name(),
                    nameOf(baseOffset),
                    damage);
        }
        found.cut().ifPresent(flaw -> {
            cutAt = flaw;
            LOG.warn(
                    "{}: segment {} is cut at position {}, where what is whole ends: {} bytes were behind it, beginning "
                            + "with {}.",
                    name(),
                    nameOf(baseOffset),
                    flaw.position(),
                    length - flaw.position(),
                    flaw.flaw());
        });
    }

    void unsavedIndex(long baseOffset, IOException why) {
        LOG.warn(
                "{}: the index of segment {} cannot be written: {}.",
                name(),
                nameOf(baseOffset),
                StorageFailure.reason(why));
    }

    /** The offsets from {@code next} up to the base offset of a segment are in no file. */
    void missing(long next, long baseOffset) {
        OffsetRange missing = OffsetRange.of(next, baseOffset);
        if (!missing.isEmpty()) {
            LOG.error(
                    "{}: missing before segment {}: {}. A file was removed, emptied or cut off.",
                    name(),
                    nameOf(baseOffset),
                    missing);
        }
    }

    void endsBeforeStart(long startOffset) {
        LOG.warn("{}: what is left ends before the log's start: it goes on there, at offset {}.", name(), startOffset);
    }

    /** All is done, and the log ends at this offset. */
    void print(long endOffset) {
        OffsetRange lost = OffsetRange.of(endOffset, knownEnd);
        if (!lost.isEmpty()) {
            LOG.error("{}: lost at the end of the log: {}; it goes on with offset {}.", name(), lost, endOffset);
        } else if (cutAt != null) {
            OffsetRange claimed = OffsetRange.of(cutAt.offset(), cutAt.claimed());
            LOG.warn(
                    "{}: {} in what was cut off; it goes on with offset {}.",
                    name(),
                    claimed.isEmpty() ? "no batch can be made out" : "a batch that is not whole has " + claimed,
                    endOffset);
        } else if (checkedBytes > 0) {
            LOG.info(
                    "{}: checked {} bytes that came after the last checkpoint; the end offset is {}.",
                    name(),
                    checkedBytes,
                    endOffset);
        }
    }

    private String name() {
        return files.name();
    }

    private String nameOf(long baseOffset) {
        return files.log(baseOffset).getFileName().toString();
    }
}
