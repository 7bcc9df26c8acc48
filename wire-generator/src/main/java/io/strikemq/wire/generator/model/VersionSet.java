package io.strikemq.wire.generator.model;

/** An immutable set of message versions, 0 to {@value #LAST}. Kafka's "3+" means: up to the last. */
public record VersionSet(long bits) {
    /** The greatest version that this set can hold; far above any that Kafka defines. */
    public static final int LAST = 62;

    public static final VersionSet NONE = new VersionSet(0);
    public static final VersionSet ALL = range(0, LAST);

    /** Parses Kafka's notation: {@code none}, {@code 3}, {@code 2-5} or {@code 4+}. */
    public static VersionSet parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.endsWith("+")) {
            return range(Integer.parseInt(text.substring(0, text.length() - 1)), LAST);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            int only = Integer.parseInt(text);
            return range(only, only);
        }
        return range(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    public static VersionSet range(int lowest, int highest) {
        if (lowest < 0 || highest > LAST || lowest > highest) {
            throw new IllegalArgumentException("not a range of versions: " + lowest + "-" + highest);
        }
        return new VersionSet((-1L << lowest) & (-1L >>> (63 - highest)));
    }

    public boolean contains(int version) {
        return (bits >>> version & 1) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public int lowest() {
        return Long.numberOfTrailingZeros(bits);
    }

    public int highest() {
        return 63 - Long.numberOfLeadingZeros(bits);
    }

    public VersionSet and(VersionSet other) {
        return new VersionSet(bits & other.bits);
    }

    public VersionSet or(VersionSet other) {
        return new VersionSet(bits | other.bits);
    }

    public VersionSet minus(VersionSet other) {
        return new VersionSet(bits & ~other.bits);
    }
}
