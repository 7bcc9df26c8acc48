package io.strikemq.domain.port.out;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
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

    /** Whether a process finds the cluster of the one before it; otherwise each process begins a new one. */
    protected boolean clusterLastsBeyondTheProcess() {
        return true;
    }

    @Test
    void theClusterIdIsDrawnOnceForEachCluster() {
        BrokerStore store = restart();
        String id = store.clusterId();

        assertTrue(id.matches("[A-Za-z0-9_-]{22}"), id);
        assertEquals(id, store.clusterId());
        assertEquals(clusterLastsBeyondTheProcess(), id.equals(restart().clusterId()));
    }

    @Test
    void producerIdsFollowEachOther() {
        BrokerStore store = restart();
        long first = store.claimProducerIds(1);

        assertTrue(first >= 0, "Kafka's ids are not negative: " + first);
        assertTrue(first <= Long.MAX_VALUE / 2, "there must be ids left for a long life: " + first);
        assertEquals(first + 1, store.claimProducerIds(1000));
        assertEquals(first + 1001, store.claimProducerIds(1));
    }

    @Test
    void noProducerIdIsGivenOutAgainByALaterProcess() {
        int claimed = 1_000_000;
        List<Long> firsts = new ArrayList<>();
        for (int process = 0; process < 5; process++) {
            firsts.add(restart().claimProducerIds(claimed));
        }
        Collections.sort(firsts);
        for (int process = 1; process < firsts.size(); process++) {
            assertTrue(firsts.get(process) - firsts.get(process - 1) >= claimed, "overlapping claims: " + firsts);
        }
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
            long least = Collections.min(firsts);
            assertTrue(firsts.stream().allMatch(first -> (first - least) % 5 == 0));
        } finally {
            threads.shutdownNow();
        }
    }
}
