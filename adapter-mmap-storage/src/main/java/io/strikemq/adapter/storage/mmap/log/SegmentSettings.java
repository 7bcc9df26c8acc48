package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.log.LogSettings;

/**
 * How segments are made.
 *
 * @param maxBytes      beyond this a segment does not grow, unless by a single append
 * @param indexInterval how many bytes at the least lie between two index entries
 * @param disk          how batches reach a file and stay there
 */
record SegmentSettings(int maxBytes, int indexInterval, Disk disk) {
    /** The same with what a log's settings say. */
    SegmentSettings with(LogSettings settings) {
        return new SegmentSettings(settings.segmentBytes(), settings.indexIntervalBytes(), disk);
    }
}
