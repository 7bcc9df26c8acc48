package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Identifiers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The facts about a cluster that lasts as long as this object. */
public final class HeapBrokerStore implements BrokerStore {
    /** The first id is so far below the largest that no process comes to the end. */
    private static final int BITS_LEFT_FREE = 2;

    private final String clusterId;
    private final AtomicLong nextProducerId;

    /**
     * A new cluster, whose id is drawn from {@code identifiers}, and its first producer id too: a producer may outlive
     * the process that gave it its id, and shares it with nobody in the next one, which remembers nothing.
     */
    public HeapBrokerStore(Identifiers identifiers) {
        UUID uuid = identifiers.newUuid();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        nextProducerId = new AtomicLong(identifiers.newUuid().getMostSignificantBits() >>> BITS_LEFT_FREE);
        clusterId = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public long claimProducerIds(int count) {
        return nextProducerId.getAndAdd(count);
    }
}
