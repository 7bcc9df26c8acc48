package io.strikemq.domain.log;

/**
 * How far a read may go.
 *
 * @param maxOffset  batches whose base offset is at or beyond it are not returned (high watermark, last stable offset)
 * @param maxBytes   whole batches up to this many bytes, at least 0
 * @param firstBatch whether the first batch is returned even when it alone is larger than {@code maxBytes}
 */
public record ReadLimit(long maxOffset, int maxBytes, FirstBatch firstBatch) {
    /** What happens to a first batch that is larger than the limit (KIP-74). */
    public enum FirstBatch {
        /** It is returned whole, so that a consumer always makes progress. */
        ALWAYS,
        /** It is not returned. */
        ONLY_IF_IT_FITS
    }
}
