package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.file.Path;

/** At the offset that was asked for, a segment holds bytes that are no batch. */
final class DamagedRecordsException extends IOException {
    /** What {@link #next} says when there is no batch behind the damage. */
    static final long NONE = -1;

    private static final long serialVersionUID = 1L;

    private final long next;

    DamagedRecordsException(Path segment, int position, long next) {
        super(segment + " is damaged at position " + position);
        this.next = next;
    }

    /** The offset of the next batch of the segment, from which on it can be read. */
    long next() {
        return next;
    }
}
