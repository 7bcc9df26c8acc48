package io.strikemq.domain.journal;

/** How often something is to have happened; {@code most} is included. */
public record Times(long least, long most) {
    public Times {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("from " + least + " to " + most + " times cannot be");
        }
    }

    /** So often, and no more. */
    public static Times exactly(long count) {
        return new Times(count, count);
    }

    /** So often, or more. */
    public static Times atLeast(long count) {
        return new Times(count, Long.MAX_VALUE);
    }

    /** So often, or less. */
    public static Times atMost(long count) {
        return new Times(0, count);
    }

    /** Not once. */
    public static Times never() {
        return exactly(0);
    }

    /** Whether this often is right. */
    public boolean allows(long count) {
        return least <= count && count <= most;
    }

    /** In words: {@code exactly 3}. */
    public String text() {
        if (least == most) {
            return "exactly " + least;
        }
        if (most == Long.MAX_VALUE) {
            return "at least " + least;
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }
}
