package io.strikemq.adapter.rest;

/** Which offsets a partition holds: from {@code startOffset} up to, but without, {@code endOffset}. */
record PartitionRange(int partition, long startOffset, long endOffset) {}
