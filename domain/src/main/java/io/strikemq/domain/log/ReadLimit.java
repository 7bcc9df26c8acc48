package io.strikemq.domain.log;

/**
 * How far a read may go.
 *
 * @param maxOffset  batches whose base offset is at or beyond it are not returned (high watermark, last stable offset)
 * @param maxBytes   up to this many bytes, at least 0
 * @param firstBatch whether the first batch is returned even when it alone is larger than {@code maxBytes}
 * @param lastBatch  what happens to a later batch that is not wholly within {@code maxBytes}
 */
public record ReadLimit(long maxOffset, int maxBytes, FirstBatch firstBatch, LastBatch lastBatch) {
    /** What happens to a first batch that is larger than the limit (KIP-74). */
    public enum FirstBatch {
        /** It is returned whole, so that a consumer always makes progress. */
        ALWAYS,
        /** It is not returned. */
        ONLY_IF_IT_FITS
    }

    /** What happens to a batch behind the first one that goes beyond the limit. */
    public enum LastBatch {
        /** It is not returned: the slice has whole batches only. */
        WHOLE,
        /** The slice ends with as much of it as fits. */
        CUT
    }

    /** A limit for whole batches. */
    public ReadLimit(long maxOffset, int maxBytes, FirstBatch firstBatch) {
        this(maxOffset, maxBytes, firstBatch, LastBatch.WHOLE);
    }

    /** The same limit, for a log that ends at an offset. */
    public ReadLimit upTo(long endOffset) {
        return maxOffset <= endOffset ? this : new ReadLimit(endOffset, maxBytes, firstBatch, lastBatch);
    }

    /** The limit for what follows {@code bytes} that were returned already. */
    public ReadLimit after(int bytes) {
        return new ReadLimit(maxOffset, Math.max(0, maxBytes - bytes), firstBatch, lastBatch);
    }
}
