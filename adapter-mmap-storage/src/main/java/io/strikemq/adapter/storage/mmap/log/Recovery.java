package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out how much of a segment is whole: every batch complete, with a right CRC, and behind the one before.
 *
 * <p>It only reads, so that the outcome depends on the bytes alone. On its way it fills the index of the segment.
 */
final class Recovery {
    /** What stands where a whole batch should begin. */
    enum Flaw {
        CUT_OFF("a batch that is cut off"),
        NOT_A_BATCH("bytes that are no batch"),
        OFFSET_GOES_BACK("a batch whose offset goes back"),
        OFFSET_TOO_LARGE("a batch whose offset belongs into another segment"),
        WRONG_CRC("a batch with a wrong CRC");

        private final String description;

        Flaw(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /**
     * Bytes between whole batches, or behind the last of them, that are none.
     *
     * @param position where they begin
     * @param length   how many they are
     * @param offset   the first offset that was lost with them
     * @param next     the first offset that can be read behind them; that of the segment's end if there is none
     * @param claimed  up to which offset the header there claims to go, if there is one that makes sense; else
     *                 {@code offset}
     * @param flaw     what stands where they begin
     */
    record Damage(int position, int length, long offset, long next, long claimed, Flaw flaw) {
        /** The offsets that were lost. */
        OffsetRange lost() {
            return OffsetRange.of(offset, next);
        }

        @Override
        public String toString() {
            return length + " bytes at position " + position + " are damaged, beginning with " + flaw + ": " + lost()
                    + " cannot be read";
        }
    }

    /**
     * @param length    up to where batches are served: to the end of the file, without what was never written
     * @param whole     where the last whole batch ends
     * @param endOffset the offset behind the last whole batch
     * @param damages   what is not whole of these bytes, in order
     */
    record Findings(int length, int whole, long endOffset, List<Damage> damages) {
        /** Whether it is damage that the segment ends with. */
        boolean isDamagedAtEnd() {
            return whole < length;
        }

        /** Whether the bytes behind the last batch can have been no records: there is no offset for them. */
        boolean endsWithNothing() {
            return isDamagedAtEnd() && damages.get(damages.size() - 1).lost().isEmpty();
        }
    }

    /** What is to become of what lies behind damage. */
    enum Rest {
        /** It is served, and belongs into the index. */
        KEPT,
        /** It is cut off; the scan only tells what it was. */
        CUT
    }

    private final BatchWindow window;
    private final long baseOffset;
    private final long limitOffset;
    private final IndexFiller filler;

    /** For a segment that begins at {@code baseOffset} and whose batches end at {@code limitOffset} at the latest. */
    Recovery(BatchWindow window, long baseOffset, long limitOffset, IndexFiller filler) {
        this.window = window;
        this.baseOffset = baseOffset;
        this.limitOffset = limitOffset;
        this.filler = filler;
    }

    /** Scans from a position, where a batch begins, and where offsets of at least {@code endOffset} are expected. */
    Findings scan(int position, long endOffset, Rest rest) throws IOException {
        List<Damage> damages = new ArrayList<>();
        int at = position;
        int whole = position;
        long next = endOffset;
        while (at < window.length()) {
            Flaw flaw = flawAt(at, next);
            if (flaw == null) {
                int index = window.load(at, BatchLayout.HEADER_SIZE);
                if (damages.isEmpty() || rest == Rest.KEPT) {
                    addToIndex(index, at, damages);
                }
                next = BatchLayout.lastOffset(window.bytes(), index) + 1;
                at += BatchLayout.sizeInBytes(window.bytes(), index);
                whole = at;
            } else if (window.isZeroFrom(at)) {
                break;
            } else {
                int behind = nextWhole(at, next);
                long offset = behind < window.length() ? offsetAt(behind) : Math.max(next, limitOffset);
                damages.add(new Damage(at, behind - at, next, offset, claimedAt(at, next), flaw));
                at = behind;
            }
        }
        return new Findings(at, whole, next, damages);
    }

    /** A batch right behind damage gets an entry in any case, so that no search has to begin before the damage. */
    private void addToIndex(int index, int at, List<Damage> damages) {
        boolean isBehindDamage = !damages.isEmpty()
                && damages.get(damages.size() - 1).position()
                                + damages.get(damages.size() - 1).length()
                        == at;
        if (isBehindDamage) {
            filler.addAlways(window.bytes(), index, at, baseOffset);
        } else {
            filler.add(window.bytes(), index, at, baseOffset);
        }
    }

    /** Where the next whole batch begins behind damage; the end of the file if there is none. */
    private int nextWhole(int damage, long next) throws IOException {
        int usual = damage + sizeAt(damage);
        if (usual > damage && usual < window.length() && flawAt(usual, next) == null) {
            return usual;
        }
        int at = damage + 1;
        while (window.length() - at >= BatchLayout.HEADER_SIZE) {
            // Nearly all bytes are passed over here, and they may be many.
            at = window.next(2, at + BatchLayout.MAGIC) - BatchLayout.MAGIC;
            if (flawAt(at, next) == null) {
                return at;
            }
            at++;
        }
        return window.length();
    }

    private long claimedAt(int at, long next) throws IOException {
        if (window.length() - at < BatchLayout.HEADER_SIZE) {
            return next;
        }
        int index = window.load(at, BatchLayout.HEADER_SIZE);
        long last = BatchLayout.lastOffset(window.bytes(), index);
        int records = window.bytes().getInt(index + BatchLayout.RECORD_COUNT);
        boolean makesSense = BatchLayout.magic(window.bytes(), index) == 2
                && BatchLayout.baseOffset(window.bytes(), index) == next
                && last - next == records - 1L;
        return makesSense && records > 0 ? last + 1 : next;
    }

    /** The size that a header claims which may be damaged; 0 if it cannot be. */
    private int sizeAt(int at) throws IOException {
        int left = window.length() - at;
        if (left < BatchLayout.HEADER_SIZE) {
            return 0;
        }
        int index = window.load(at, BatchLayout.HEADER_SIZE);
        long size = BatchLayout.LENGTH_OVERHEAD + (long) window.bytes().getInt(index + BatchLayout.LENGTH);
        return size < BatchLayout.HEADER_SIZE || size > left ? 0 : (int) size;
    }

    private long offsetAt(int at) throws IOException {
        return BatchLayout.baseOffset(window.bytes(), window.load(at, BatchLayout.HEADER_SIZE));
    }

    /** What is wrong with the batch that should begin here; null if nothing. */
    private Flaw flawAt(int at, long next) throws IOException {
        int left = window.length() - at;
        if (left < BatchLayout.HEADER_SIZE) {
            return Flaw.CUT_OFF;
        }
        int index = window.load(at, BatchLayout.HEADER_SIZE);
        ByteBuffer bytes = window.bytes();
        long size = BatchLayout.LENGTH_OVERHEAD + (long) bytes.getInt(index + BatchLayout.LENGTH);
        if (BatchLayout.magic(bytes, index) != 2 || size < BatchLayout.HEADER_SIZE) {
            return Flaw.NOT_A_BATCH;
        }
        if (size > left) {
            return Flaw.CUT_OFF;
        }
        long first = BatchLayout.baseOffset(bytes, index);
        long last = BatchLayout.lastOffset(bytes, index);
        if (first < next || last < first) {
            return Flaw.OFFSET_GOES_BACK;
        }
        if (last >= limitOffset || last - baseOffset >= Integer.MAX_VALUE) {
            return Flaw.OFFSET_TOO_LARGE;
        }
        return window.crcMatches(at, (int) size) ? null : Flaw.WRONG_CRC;
    }
}
