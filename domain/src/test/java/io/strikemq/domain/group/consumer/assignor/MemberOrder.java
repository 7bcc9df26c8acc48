package io.strikemq.domain.group.consumer.assignor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a group of Kafka's yields its members: a hash table that multiplies hashes by the golden ratio and takes the upper bits. It decides
 * between members of which an assignor has no reason to prefer one.
 *
 * <p>A table of Kafka's keeps the size that it needed once; here it has the size that its members need now.
 */
public final class MemberOrder {
    private static final long GOLDEN_RATIO = -7046029254386353131L;
    private static final int SMALLEST_TABLE = 2;

    private MemberOrder() {}

    /**
     * The ids in Kafka's order.
     *
     * @param memberIds each once, in the order in which they joined. One that is about to join is not among them: Kafka comes to it last
     */
    public static List<String> of(List<String> memberIds) {
        int shift = Long.SIZE - Long.numberOfTrailingZeros(tableSize(memberIds.size()));
        List<String> order = new ArrayList<>(memberIds);
        // Who came last to a slot is the first that it yields.
        Collections.reverse(order);
        order.sort(Comparator.comparingLong(id -> id.hashCode() * GOLDEN_RATIO >>> shift));
        return order;
    }

    private static long tableSize(int members) {
        long size = SMALLEST_TABLE;
        while (members * 0.75 > size) {
            size *= 2;
        }
        return size;
    }
}
