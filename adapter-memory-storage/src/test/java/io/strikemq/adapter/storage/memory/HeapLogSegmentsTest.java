package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.LogSegmentsContractTest;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;

class HeapLogSegmentsTest extends LogSegmentsContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
