package io.strikemq.domain.port.out;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import java.nio.ByteBuffer;

/**
 * Compresses and decompresses the payloads of batches, in the framings that Kafka's clients use.
 *
 * <p>Both methods read the buffer from its position to its limit and move neither. The answer is memory of its own,
 * but for {@link CompressionType#NONE} a view of the same. {@code magic} is the message format that the payload lies
 * in: LZ4 frames in format 0 carry a header checksum of Kafka's own making (KIP-57). Safe to call from any thread.
 *
 * <p>A codec costs nothing until it is first used. Where it cannot be had on this machine, both methods throw a
 * {@link BrokerException} with {@code UNSUPPORTED_COMPRESSION_TYPE} that says why.
 */
public interface CompressionCodecs {
    /**
     * The payload in plain, a buffer from position 0 to its limit.
     *
     * @param maxBytes the most bytes that the plain payload may have, so that no client can fill the heap
     * @throws BrokerException {@code INVALID_RECORD} for bytes that are not of that compression or are cut short,
     *                         {@code MESSAGE_TOO_LARGE} for more than {@code maxBytes}
     */
    ByteBuffer decompress(CompressionType type, byte magic, ByteBuffer compressed, int maxBytes);

    /** The payload compressed at the codec's level, a buffer from position 0 to its limit. */
    ByteBuffer compress(Compression compression, byte magic, ByteBuffer plain);

    /**
     * Whether using this codec takes no longer than its work: false until its code was read from files, or found to be
     * missing there, which the first use does. Threads that must not wait ask, and leave that use to others.
     */
    boolean isAtHand(CompressionType type);
}
