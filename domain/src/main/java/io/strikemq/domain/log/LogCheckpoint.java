package io.strikemq.domain.log;

import java.nio.ByteBuffer;

/**
 * A point up to which a log is known to be whole, and what its owner knew there.
 *
 * @param endOffset the log end offset when the checkpoint was taken
 * @param state     the owner's bytes (the producer state), opaque to storage
 */
public record LogCheckpoint(long endOffset, ByteBuffer state) {}
