package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The lowest call through which batches reach a file, apart so that a test can make it fail half-way. */
@FunctionalInterface
interface PositionalWrite {
    /** Writes some of the buffer's bytes, at least one, and moves its position, as {@link FileChannel#write} does. */
    int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;
}
