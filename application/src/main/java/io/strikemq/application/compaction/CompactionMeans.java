package io.strikemq.application.compaction;

import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.CleanerSettings;
import java.util.function.Consumer;

/**
 * What a pass is done with.
 *
 * @param freeing is handed what gives back the space of replaced segments
 */
record CompactionMeans(
        RecordReader reader, CompressionCodecs codecs, CleanerSettings settings, Consumer<Runnable> freeing) {}
