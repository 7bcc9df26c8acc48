package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.PartitionLogsContractTest;

class HeapPartitionLogsTest extends PartitionLogsContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
