package io.strikemq.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one was probably meant to be. */
final class DidYouMean {
    /** A name that differs by more than a third of its letters is another name, not a slip. */
    private static final int LETTERS_PER_SLIP = 3;

    private DidYouMean() {}

    static Optional<String> among(Collection<String> known, String given) {
        return known.stream()
                .filter(name -> distance(name, given) <= Math.max(1, given.length() / LETTERS_PER_SLIP))
                .min(Comparator.<String>comparingInt(name -> distance(name, given))
                        .thenComparing(name -> name));
    }

    /** The Levenshtein distance, by the usual two rows. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
