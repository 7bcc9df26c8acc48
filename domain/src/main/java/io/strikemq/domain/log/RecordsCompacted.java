package io.strikemq.domain.log;

/**
 * What a compaction has left of a partition. Records and bytes are those of the segments that were compacted.
 *
 * @param compactedTo     up to where the log is compacted now
 * @param recordsBefore   how many records there were
 * @param recordsAfter    how many of them are left
 * @param bytesBefore     how many bytes the segments took
 * @param bytesAfter      how many they take now
 * @param segmentsBefore  how many segments there were
 * @param segmentsAfter   how many they have become
 */
public record RecordsCompacted(
        int partition,
        long compactedTo,
        long recordsBefore,
        long recordsAfter,
        long bytesBefore,
        long bytesAfter,
        int segmentsBefore,
        int segmentsAfter) {
    /** This compaction and the next one of the same partition in one. */
    public RecordsCompacted then(RecordsCompacted next) {
        return new RecordsCompacted(
                partition,
                next.compactedTo,
                recordsBefore + next.recordsBefore - recordsAfter,
                next.recordsAfter,
                bytesBefore + next.bytesBefore - bytesAfter,
                next.bytesAfter,
                segmentsBefore + next.segmentsBefore - segmentsAfter,
                next.segmentsAfter);
    }
}
