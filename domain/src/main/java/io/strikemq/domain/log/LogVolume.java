package io.strikemq.domain.log;

/**
 * Where logs are kept, and how much room there is.
 *
 * @param directory   the absolute path; {@code memory} for logs that are in no file
 * @param totalBytes  size of the volume; -1 when not known
 * @param usableBytes how much of it is free; -1 when not known
 */
public record LogVolume(String directory, long totalBytes, long usableBytes) {
    /** The volume of logs on the heap, whose size nobody sets. */
    public static final LogVolume MEMORY = new LogVolume("memory", -1, -1);
}
