package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A disk that takes a number of bytes and then is full, until it is given more room. */
final class FailingWriter implements PositionalWrite {
    private long room;

    FailingWriter(long room) {
        this.room = room;
    }

    void room(long bytes) {
        room = bytes;
    }

    @Override
    public int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        if (room == 0) {
            throw new IOException("No space left on device");
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) Math.min(room, bytes.remaining()));
        int written = channel.write(part, position);
        bytes.position(bytes.position() + written);
        room -= written;
        return written;
    }
}
