package io.strikemq.domain.record;

/**
 * A codec and how hard it tries (KIP-390).
 *
 * @param type  the codec
 * @param level by that codec's own scale: gzip 1 to 9 or -1 for its default, lz4 1 to 17, zstd -131072 to 22; the others
 *              have none
 */
public record Compression(CompressionType type, int level) {
    private static final int GZIP_LEVEL = -1;
    private static final int LZ4_LEVEL = 9;
    private static final int ZSTD_LEVEL = 3;

    /** As the records are. */
    public static final Compression NONE = of(CompressionType.NONE);

    /** The codec at the level that Kafka uses when nobody sets one. */
    public static Compression of(CompressionType type) {
        return new Compression(type, defaultLevel(type));
    }

    /** Kafka's default level of a codec; 0 where there are none. */
    public static int defaultLevel(CompressionType type) {
        return switch (type) {
            case GZIP -> GZIP_LEVEL;
            case LZ4 -> LZ4_LEVEL;
            case ZSTD -> ZSTD_LEVEL;
            case NONE, SNAPPY -> 0;
        };
    }
}
