package io.strikemq.domain.fault;

/** Numbers by chance that are the same each time: the n-th of a seed, without those before it. */
final class Draw {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1.0p-53;

    private Draw() {}

    /** From 0 to less than 1, each as likely. The mixing is that of {@link java.util.SplittableRandom}. */
    static double of(long seed, long number) {
        long z = seed + number * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * UNIT;
    }
}
