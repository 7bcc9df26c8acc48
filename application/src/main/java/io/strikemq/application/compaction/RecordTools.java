package io.strikemq.application.compaction;

import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.RecordReader;

/** What it takes to read and write records. */
record RecordTools(RecordReader reader, CompressionCodecs codecs) {}
