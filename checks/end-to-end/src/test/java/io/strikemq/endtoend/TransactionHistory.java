package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What producers know of their transactions, and whether what readers of committed records get agrees with it. */
final class TransactionHistory {
    /** How a transaction ended, as far as is known; what is not known yet, the first reader decides for good. */
    enum End {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /** A record as readers see it: which transaction it belongs to, and which of its records in the partition it is. */
    record Copy(int transaction, int index) {}

    private final int partitions;
    private final int recordsInAPartition;
    private final Map<Integer, End> ends = new ConcurrentHashMap<>();
    private final Map<Integer, String> producers = new ConcurrentHashMap<>();

    TransactionHistory(int partitions, int recordsInAPartition) {
        this.partitions = partitions;
        this.recordsInAPartition = recordsInAPartition;
    }

    /** A transaction has begun: until something else is told, nobody knows how it ends. */
    void began(int transaction, String producer) {
        ends.put(transaction, End.UNKNOWN);
        producers.put(transaction, producer);
    }

    void ended(int transaction, End end) {
        ends.put(transaction, end);
    }

    long committed() {
        return ends.values().stream().filter(End.COMMITTED::equals).count();
    }

    /** The last transaction of a producer that is committed, -1 without any; only after {@link #check}. */
    int lastCommitted(String producer) {
        return producers.keySet().stream()
                .filter(each -> producers.get(each).equals(producer) && ends.get(each) == End.COMMITTED)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
    }

    /** Checks all that was read, by partition and in its order. */
    void check(List<List<Copy>> read) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (List<Copy> ofPartition : read) {
            Map<String, Copy> last = new HashMap<>();
            for (Copy copy : ofPartition) {
                counts.merge(copy.transaction(), 1, Integer::sum);
                Copy before = last.put(producers.get(copy.transaction()), copy);
                assertTrue(follows(before, copy), () -> copy + " after " + before);
            }
        }
        int whole = partitions * recordsInAPartition;
        for (int transaction : ends.keySet()) {
            int count = counts.getOrDefault(transaction, 0);
            End end = ends.computeIfPresent(
                    transaction, (key, told) -> told != End.UNKNOWN ? told : count > 0 ? End.COMMITTED : End.ABORTED);
            int expected = end == End.COMMITTED ? whole : 0;
            assertEquals(expected, count, () -> "records of transaction " + transaction + ", " + end);
        }
    }

    /** A producer's transactions come one after the other, and the records of each in their order. */
    private boolean follows(Copy before, Copy copy) {
        boolean begins = copy.index() == 0;
        if (before == null) {
            return begins;
        }
        boolean isNext = before.transaction() == copy.transaction() && before.index() + 1 == copy.index();
        boolean wasWhole = before.index() == recordsInAPartition - 1;
        return isNext || begins && wasWhole && before.transaction() < copy.transaction();
    }
}
