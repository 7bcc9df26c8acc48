package io.strikemq.adapter.storage.mmap.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseIndexTest {
    @Test
    void aThinnedIndexKeepsItsEndsAndEntriesThatFarApart() {
        SparseIndex index = new SparseIndex();
        for (int entry = 1; entry <= 10; entry++) {
            index.add(2 * entry, 100 * entry, 7 * entry);
        }
        index.largestTimestamp(99);

        SparseIndex thinned = index.thinned(250);

        assertEquals(List.of(0, 300, 600, 900, 1000), positions(thinned));
        assertEquals(12, thinned.relativeOffset(2));
        assertEquals(42, thinned.timestamp(2));
        assertEquals(99, thinned.largestTimestamp());
        assertEquals(positions(index), positions(index.thinned(0)));
        assertEquals(List.of(0), positions(new SparseIndex().thinned(250)));
    }

    private static List<Integer> positions(SparseIndex index) {
        return IntStream.range(0, index.count()).mapToObj(index::position).toList();
    }
}
