package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.SegmentReplacementContractTest;

class HeapReplacementTest extends SegmentReplacementContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
