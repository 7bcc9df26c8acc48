package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.DeletedRecordsContractTest;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;

class HeapDeletedRecordsTest extends DeletedRecordsContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
