package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Identifiers;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids by chance. A version 4 UUID can be none of Kafka's reserved ones, since it has bits set that they lack. */
public final class RandomIdentifiers implements Identifiers {
    /**
     * Where Linux and macOS have random bytes. The JDK's SecureRandom takes them from there too, but loads 40 classes of
     * security providers before: a twentieth of the start.
     */
    private static final String RANDOM_BYTES = "/dev/urandom";

    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long RFC_9562 = 0x8000_0000_0000_0000L;

    @Override
    public UUID newUuid() {
        try (InputStream in = new FileInputStream(RANDOM_BYTES)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(2 * Long.BYTES));
            return version4(bytes.getLong(), bytes.getLong());
        } catch (IOException e) {
            // A system that has no such file.
            return UUID.randomUUID();
        }
    }

    private static UUID version4(long high, long low) {
        return new UUID(high & ~VERSION_MASK | VERSION_4, low & ~VARIANT_MASK | RFC_9562);
    }

    @Override
    public int newPositiveInt() {
        return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }
}
