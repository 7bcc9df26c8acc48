package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Identifiers;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids by chance. A version 4 UUID can be none of Kafka's reserved ones, since it has bits set that they lack. */
public final class RandomIdentifiers implements Identifiers {
    @Override
    public UUID newUuid() {
        return UUID.randomUUID();
    }

    @Override
    public int newPositiveInt() {
        return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }
}
