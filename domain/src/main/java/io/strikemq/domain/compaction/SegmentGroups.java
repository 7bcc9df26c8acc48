package io.strikemq.domain.compaction;

import io.strikemq.domain.log.LogSegment;
import java.util.ArrayList;
import java.util.List;

/** Decides which segments become one by a compaction. */
public final class SegmentGroups {
    private SegmentGroups() {}

    /**
     * Neighbours are put together as long as they were not larger together than one segment may be, and an int counts
     * the offsets.
     *
     * @param segments  those to be compacted, in order
     * @param maxBytes  how large a segment may be (segment.bytes)
     * @param endOffset where the last of them ends
     */
    public static List<List<LogSegment>> of(List<LogSegment> segments, long maxBytes, long endOffset) {
        List<List<LogSegment>> groups = new ArrayList<>();
        List<LogSegment> group = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            LogSegment segment = segments.get(i);
            long last = (i + 1 < segments.size() ? segments.get(i + 1).baseOffset() : endOffset) - 1;
            boolean fits = group.isEmpty()
                    || bytes + segment.sizeInBytes() <= maxBytes
                            && (segment.sizeInBytes() == 0
                                    || last - group.get(0).baseOffset() <= Integer.MAX_VALUE);
            if (!fits) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(segment);
            bytes += segment.sizeInBytes();
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
