package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link BrokerStore} does. */
public abstract class BrokerStoreContractTest {
    /** The store as a process finds it that starts now; the first one in a test is new. */
    protected abstract BrokerStore restart();

    @Test
    void theClusterIdIsDrawnOnce() {
        String id = restart().clusterId();

        assertTrue(id.matches("[A-Za-z0-9_-]{22}"), id);
        assertEquals(id, restart().clusterId());
    }

    @Test
    void producerIdsStartAtZeroAndFollowEachOther() {
        BrokerStore store = restart();

        assertEquals(0, store.claimProducerIds(1));
        assertEquals(1, store.claimProducerIds(1000));
        assertEquals(1001, store.claimProducerIds(1));
    }

    @Test
    void noProducerIdIsGivenOutAgainByALaterProcess() {
        restart().claimProducerIds(10);

        assertEquals(10, restart().claimProducerIds(10));
        assertEquals(20, restart().claimProducerIds(10));
    }

    @Test
    void threadsThatClaimAtOnceGetDifferentIds() throws Exception {
        BrokerStore store = restart();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> claims = new ArrayList<>();
            for (int claim = 0; claim < 40; claim++) {
                claims.add(threads.submit(() -> store.claimProducerIds(5)));
            }
            Set<Long> firsts = new TreeSet<>();
            for (Future<Long> claim : claims) {
                firsts.add(claim.get());
            }
            assertEquals(40, firsts.size());
            assertTrue(firsts.stream().allMatch(first -> first % 5 == 0));
        } finally {
            threads.shutdownNow();
        }
    }
}
