package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogContractTest;
import io.strikemq.domain.port.out.PartitionLogs;

class HeapPartitionLogTest extends PartitionLogContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
