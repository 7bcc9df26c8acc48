package io.strikemq.adapter.kafka.wire;

/**
 * A value with an encoding for each version of the protocol. Generated types are immutable; the buffers in them are
 * shared and must be neither moved nor written to.
 */
public interface WireMessage {
    /**
     * Appends this to a writer.
     *
     * @throws UnsupportedVersionException when the version cannot express a value that is not its field's default
     */
    void write(WireWriter out, short version);

    /** The number of bytes that {@link #write} appends, those put by reference included. */
    int size(short version);
}
