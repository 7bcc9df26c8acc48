package io.strikemq.domain.offset;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Objects;

/** What became of a request to delete offsets (KIP-496): an error of the whole group and no rows, or one row a partition. */
public record OffsetsDeleted(ErrorCode error, List<OffsetCommitted> rows) {
    public OffsetsDeleted {
        Objects.requireNonNull(error, "error");
        rows = List.copyOf(rows);
    }

    /** The group as a whole refuses. */
    public static OffsetsDeleted refused(ErrorCode error) {
        return new OffsetsDeleted(error, List.of());
    }
}
