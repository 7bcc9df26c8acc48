package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps from batch to batch through the bytes of a segment, by what the headers say. A checkpoint vouches for these
 * bytes, so nobody checks their CRC before they are served, and who reads them does it, as with Kafka. What must not
 * happen is that a damaged header leads a search astray: behind one, the next batch is looked for whose CRC is right.
 *
 * <p>Safe for any thread. Damage is told once, when it is first met.
 */
final class BatchWalk {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWalk.class);

    /** Of so many the place is remembered; with more the disk is beyond help. */
    private static final int MOST_DAMAGES = 1000;

    private final Path path;
    private final long baseOffset;

    /** Where the damage begins and ends that was met, since who meets it comes back. */
    private final Map<Integer, Integer> damages = new ConcurrentHashMap<>();

    BatchWalk(Path path, long baseOffset) {
        this.path = path;
        this.baseOffset = baseOffset;
    }

    /** Whether a header at this position makes sense, {@code end} being where the batches end. */
    boolean isBatch(ByteBuffer bytes, int at, int end) {
        if (end - at < BatchLayout.HEADER_SIZE || BatchLayout.magic(bytes, at) != 2) {
            return false;
        }
        int length = bytes.getInt(at + BatchLayout.LENGTH);
        long first = BatchLayout.baseOffset(bytes, at) - baseOffset;
        return length >= BatchLayout.HEADER_SIZE - BatchLayout.LENGTH_OVERHEAD
                && length <= end - at - BatchLayout.LENGTH_OVERHEAD
                && bytes.getInt(at + BatchLayout.LAST_OFFSET_DELTA) >= 0
                && first >= 0
                && first <= Integer.MAX_VALUE;
    }

    /** The position itself if there is a batch, else that of the next batch behind the damage there, or the end. */
    int batchFrom(int at, ByteBuffer bytes, int end) {
        return at >= end || isBatch(bytes, at, end) ? at : behindDamage(at, bytes, end);
    }

    /** Where the next batch begins behind the one at this position, or the end. */
    int next(int at, ByteBuffer bytes, int end) {
        return batchFrom(at + BatchLayout.sizeInBytes(bytes, at), bytes, end);
    }

    /** What to tell whoever asked for an offset that the damage at this position has taken. */
    DamagedRecordsException damaged(int at, ByteBuffer bytes, int end) {
        int next = behindDamage(at, bytes, end);
        return new DamagedRecordsException(
                path, at, next < end ? BatchLayout.baseOffset(bytes, next) : DamagedRecordsException.NONE);
    }

    private int behindDamage(int damage, ByteBuffer bytes, int end) {
        Integer met = damages.get(damage);
        if (met != null) {
            return met;
        }
        int at = damage + 1;
        while (at < end && !isWhole(bytes, at, end)) {
            at++;
        }
        if (damages.size() >= MOST_DAMAGES) {
            damages.clear();
        }
        damages.put(damage, at);
        LOG.error(
                "{} is damaged from byte {} to byte {}: these records cannot be read. {}",
                path,
                damage,
                at,
                at < end
                        ? "It goes on with offset " + BatchLayout.baseOffset(bytes, at) + "."
                        : "There are no others behind them in this segment.");
        return at;
    }

    private boolean isWhole(ByteBuffer bytes, int at, int end) {
        return isBatch(bytes, at, end) && BatchLayout.crcMatches(bytes, at, BatchLayout.sizeInBytes(bytes, at));
    }
}
