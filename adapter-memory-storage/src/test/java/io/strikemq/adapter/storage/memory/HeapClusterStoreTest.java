package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.port.out.ClusterStoreContractTest;

class HeapClusterStoreTest extends ClusterStoreContractTest {
    @Override
    protected ClusterStore newStore() {
        return new HeapClusterStore();
    }

    /** There is none: the cluster ends with its process. */
    @Override
    protected ClusterStore afterRestart(ClusterStore store) {
        return store;
    }
}
