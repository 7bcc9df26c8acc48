package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.BrokerStoreContractTest;
import io.strikemq.domain.port.out.FixedIdentifiers;

class HeapBrokerStoreTest extends BrokerStoreContractTest {
    private final HeapBrokerStore store = new HeapBrokerStore(new FixedIdentifiers(7));

    @Override
    protected BrokerStore restart() {
        return store;
    }
}
