package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that takes a number of bytes and then is full, until it is given more room; and that may lose bytes. */
final class FailingDisk implements Disk {
    private final List<String> forced = new ArrayList<>();
    private long room;
    private boolean losesBytes;

    FailingDisk(long room) {
        this.room = room;
    }

    void room(long bytes) {
        room = bytes;
    }

    /** The next force fails. */
    void loseBytes() {
        losesBytes = true;
    }

    /** The files that were forced since this was asked the last time. */
    List<String> forced() {
        List<String> names = List.copyOf(forced);
        forced.clear();
        return names;
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

    @Override
    public void force(Path file, FileChannel channel) throws IOException {
        if (losesBytes) {
            losesBytes = false;
            throw new IOException("Input/output error");
        }
        forced.add(file.getFileName().toString());
    }
}
