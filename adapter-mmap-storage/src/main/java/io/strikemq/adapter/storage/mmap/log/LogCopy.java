package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.CopiedFiles;
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The directory of one partition in a snapshot, while it is written. */
public final class LogCopy {
    private final Path directory;
    private final CopiedFiles copied;

    /** A copy into a directory that is there and empty. */
    public LogCopy(Path directory, CopiedFiles copied) {
        this.directory = directory;
        this.copied = copied;
    }

    void own(UUID topicId) throws IOException {
        copied.written(PartitionMetadataFile.write(directory, topicId, null));
    }

    /** The batches before an offset, and the indexes of the segments that end before it. */
    void segments(LogFiles files, List<Segment> all, long limitOffset) throws IOException {
        for (int i = 0; i < all.size() && all.get(i).baseOffset() < limitOffset; i++) {
            Segment segment = all.get(i);
            Path source = files.log(segment.baseOffset());
            if (!segment.path().equals(source)) {
                throw new OutdatedCutException(files.name() + " is being compacted");
            }
            boolean isSealed = i + 1 < all.size() && all.get(i + 1).baseOffset() <= limitOffset;
            if (isSealed) {
                copied.link(source, target(source));
                for (Path index : files.indexes(segment.baseOffset())) {
                    copied.copyIfThere(index, target(index));
                }
            } else {
                copied.copy(source, target(source), segment.positionOf(limitOffset));
                Path aborted = files.abortedIndex(segment.baseOffset());
                copied.copyIfThere(aborted, target(aborted));
            }
        }
    }

    /** What is beside the segments. */
    void smallFiles(LogFiles files) throws IOException {
        for (Path file : List.of(files.checkpoint(), files.startOffset(), files.compactedOffset())) {
            copied.copyIfThere(file, target(file));
        }
    }

    private Path target(Path source) {
        return directory.resolve(source.getFileName());
    }
}
