package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.log.Recovery.Damage;
import io.strikemq.adapter.storage.mmap.log.Recovery.Findings;
import io.strikemq.adapter.storage.mmap.log.Recovery.Flaw;
import io.strikemq.adapter.storage.mmap.log.Recovery.Rest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks one segment and gives its file the length that is left. Damage in what a checkpoint vouches for stays where it
 * is, since what comes behind it was acknowledged.
 */
final class SegmentRecovery {
    private final SegmentFile file;
    private final long baseOffset;
    private final IndexFiller filler;
    private final List<Damage> damages = new ArrayList<>();

    /** For a segment whose index {@code filler} fills. */
    SegmentRecovery(SegmentFile file, long baseOffset, IndexFiller filler) {
        this.file = file;
        this.baseOffset = baseOffset;
        this.filler = filler;
    }

    /**
     * Up to where a checkpoint vouches for a segment.
     *
     * @param position  where it is known to be whole up to
     * @param endOffset the log end offset there
     */
    record Known(int position, long endOffset) {}

    /**
     * What was found, and done.
     *
     * @param length       up to where the segment is served
     * @param damages      what stays and cannot be read
     * @param cut          the first flaw of the bytes that were cut off; empty if none were
     * @param endOffset    where the segment ends now
     * @param lostUpTo     where it ended, going by the whole batches among what was cut off
     * @param checkedBytes how many bytes were checked that nothing vouches for
     */
    record Recovered(
            int length, List<Damage> damages, Optional<Damage> cut, long endOffset, long lostUpTo, int checkedBytes) {
        /** The same of a segment that a checkpoint vouches for altogether. */
        Recovered vouchedFor() {
            return new Recovered(length, damages, cut, endOffset, lostUpTo, 0);
        }
    }

    /** Checks the bytes that a checkpoint vouches for, where zeros are damage as well. */
    void check(Known known) throws IOException {
        Findings found = scan(known.position(), known.endOffset(), new Known(0, baseOffset), Rest.KEPT);
        damages.addAll(found.damages());
        if (found.length() < known.position()) {
            damages.add(new Damage(
                    found.length(),
                    known.position() - found.length(),
                    found.endOffset(),
                    known.endOffset(),
                    found.endOffset(),
                    Flaw.NOT_A_BATCH));
        }
    }

    /** Checks the bytes behind those; what was never written is given back. */
    Recovered checkBehind(Known known, long limitOffset, Rest rest) throws IOException {
        Findings found = scan(Integer.MAX_VALUE, limitOffset, known, rest);
        int checked = found.whole() - known.position();
        boolean isCut = !found.damages().isEmpty() && (rest == Rest.CUT || found.endsWithNothing());
        if (isCut) {
            int first = rest == Rest.CUT ? 0 : found.damages().size() - 1;
            Damage cut = found.damages().get(first);
            file.seal(cut.position());
            // It must not come back behind what is written in its place.
            file.force();
            damages.addAll(found.damages().subList(0, first));
            return new Recovered(cut.position(), damages, Optional.of(cut), cut.offset(), found.endOffset(), checked);
        }
        file.seal(found.length());
        damages.addAll(found.damages());
        long endOffset = found.isDamagedAtEnd() ? limitOffset : found.endOffset();
        return new Recovered(found.length(), damages, Optional.empty(), endOffset, endOffset, checked);
    }

    private Findings scan(int length, long limitOffset, Known from, Rest rest) throws IOException {
        try (BatchWindow window = new BatchWindow(file.path(), length)) {
            return new Recovery(window, baseOffset, limitOffset, filler).scan(from.position(), from.endOffset(), rest);
        }
    }
}
