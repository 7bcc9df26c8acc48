package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.BrokerStoreContractTest;
import io.strikemq.domain.port.out.Identifiers;
import java.util.Random;
import java.util.UUID;

class HeapBrokerStoreTest extends BrokerStoreContractTest {
    private final Random random = new Random(7);

    /** Different ids in each process, as they are outside of tests. */
    private final Identifiers identifiers = new Identifiers() {
        @Override
        public UUID newUuid() {
            byte[] name = new byte[16];
            random.nextBytes(name);
            return UUID.nameUUIDFromBytes(name);
        }

        @Override
        public int newPositiveInt() {
            return 1 + random.nextInt(Integer.MAX_VALUE - 1);
        }
    };

    @Override
    protected BrokerStore restart() {
        return new HeapBrokerStore(identifiers);
    }

    @Override
    protected boolean clusterLastsBeyondTheProcess() {
        return false;
    }
}
