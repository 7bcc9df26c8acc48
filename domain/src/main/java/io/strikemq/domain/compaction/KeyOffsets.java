package io.strikemq.domain.compaction;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The last offset of each key, as far as they fit: as Kafka's, a table of the keys' MD5 and their offsets, 24 bytes for
 * each. Two keys of the same MD5 would be taken for one. It grows with what is put in, up to its limit. For one thread.
 */
public final class KeyOffsets {
    /** What a key takes, however long it is. */
    public static final int BYTES_PER_KEY = 24;

    /** What {@link #offset} answers for a key that is not there; smaller than any offset. */
    public static final long NONE = -1;

    // Slots of three: both halves of the hash, and one more than the offset, so that 0 is an empty slot.
    private static final int WIDTH = 3;
    private static final int FIRST_SLOTS = 1024;

    private final MessageDigest digest = md5();
    private final byte[] hash = new byte[16];
    private final ByteBuffer hashed = ByteBuffer.wrap(hash);
    private final int mostSlots;
    private final double loadFactor;
    private final int mostKeys;
    private long[] table;
    private int slots;
    private int keys;
    private long latestOffset = NONE;

    /**
     * An empty table.
     *
     * @param maxBytes   how large it may become (log.cleaner.dedupe.buffer.size)
     * @param loadFactor how full (log.cleaner.io.buffer.load.factor)
     */
    public KeyOffsets(long maxBytes, double loadFactor) {
        this.loadFactor = loadFactor;
        mostSlots = (int) Math.max(2, Math.min(Integer.MAX_VALUE, maxBytes) / BYTES_PER_KEY);
        // One slot stays empty, so that every search ends.
        mostKeys = Math.max(1, (int) Math.min(mostSlots - 1, mostSlots * loadFactor));
        slots = Math.min(FIRST_SLOTS, mostSlots);
        table = new long[slots * WIDTH];
    }

    /** Whether no more keys may be put in. */
    public boolean isFull() {
        return keys >= mostKeys;
    }

    /** How many keys there are. */
    public int size() {
        return keys;
    }

    /** Remembers the offset for the key; offsets only grow. The key's position stays. Not when it is full. */
    public void put(ByteBuffer key, long offset) {
        if (isFull()) {
            throw new IllegalStateException("full with " + keys + " keys");
        }
        if (slots < mostSlots && keys + 1 > slots * loadFactor - 1) {
            grow();
        }
        hash(key);
        int at = slotOf(table, slots, hashed.getLong(0), hashed.getLong(8));
        if (table[at + 2] == 0) {
            table[at] = hashed.getLong(0);
            table[at + 1] = hashed.getLong(8);
            keys++;
        }
        table[at + 2] = offset + 1;
        latestOffset = offset;
    }

    /** The last offset of the key, or {@link #NONE}. The key's position stays. */
    public long offset(ByteBuffer key) {
        if (keys == 0) {
            return NONE;
        }
        hash(key);
        return table[slotOf(table, slots, hashed.getLong(0), hashed.getLong(8)) + 2] - 1;
    }

    /** Up to this offset all records were looked at; {@link #NONE} if none was. */
    public long latestOffset() {
        return latestOffset;
    }

    /** All records up to this offset were looked at, also those that put nothing in. */
    public void lookedUpTo(long offset) {
        latestOffset = offset;
    }

    /** Four times as many slots: the old table is then a small part of what both take together. */
    private void grow() {
        int more = (int) Math.min(mostSlots, 4L * slots);
        long[] larger = new long[more * WIDTH];
        for (int from = 0; from < table.length; from += WIDTH) {
            if (table[from + 2] != 0) {
                int to = slotOf(larger, more, table[from], table[from + 1]);
                System.arraycopy(table, from, larger, to, WIDTH);
            }
        }
        table = larger;
        slots = more;
    }

    /** Where the hash is in a table, or the empty slot where it would be. */
    private static int slotOf(long[] table, int slots, long high, long low) {
        int slot = (int) Long.remainderUnsigned(high, slots);
        while (true) {
            int at = slot * WIDTH;
            if (table[at + 2] == 0 || table[at] == high && table[at + 1] == low) {
                return at;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
    }

    private void hash(ByteBuffer key) {
        digest.update(key.duplicate());
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
