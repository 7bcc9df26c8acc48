package io.strikemq.domain.port.out;

import java.util.Random;
import java.util.UUID;

/** Identifiers that are the same in every run with the same seed. */
public final class FixedIdentifiers implements Identifiers {
    private final Random random;

    /** The sequence that belongs to {@code seed}. */
    public FixedIdentifiers(long seed) {
        random = new Random(seed);
    }

    @Override
    public synchronized UUID newUuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    @Override
    public synchronized int newPositiveInt() {
        return 1 + random.nextInt(Integer.MAX_VALUE);
    }
}
