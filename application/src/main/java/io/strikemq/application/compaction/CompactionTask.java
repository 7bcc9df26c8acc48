package io.strikemq.application.compaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.compaction.DirtyRange;
import io.strikemq.domain.topic.TopicSettings;
import java.util.function.BooleanSupplier;

/**
 * What one pass is to do.
 *
 * @param settings  of the topic; what is changed meanwhile counts for the next pass
 * @param log       as it was when the pass began
 * @param range     what is dirty of it; maybe nothing, and then only what has to go with time goes
 * @param nowMillis when it began, in ms since 1970
 * @param isWanted  whether the topic is still compacted
 */
record CompactionTask(
        Partition partition,
        TopicSettings settings,
        CompactableLog log,
        DirtyRange range,
        long nowMillis,
        BooleanSupplier isWanted) {}
