package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.AbortedTransactionsContractTest;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;

class HeapAbortedTransactionsTest extends AbortedTransactionsContractTest {
    @Override
    protected PartitionLogs logs() {
        return new HeapPartitionLogs(new ManualTime());
    }
}
