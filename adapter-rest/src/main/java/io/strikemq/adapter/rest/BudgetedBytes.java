package io.strikemq.adapter.rest;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that grow as they are written, each step counted before it is taken. For use by one thread. */
final class BudgetedBytes extends OutputStream {
    private static final int FIRST_SIZE = 8 << 10;

    private final MemoryBudget.Share memory;
    private byte[] bytes = {};
    private int size;

    /** Nothing yet; what is written is taken from {@code memory}. */
    BudgetedBytes(MemoryBudget.Share memory) {
        this.memory = memory;
    }

    int size() {
        return size;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Takes what the buffer has, from its position to its limit. */
    void write(ByteBuffer source) {
        int length = source.remaining();
        reserve(length);
        source.get(bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (more <= bytes.length - size) {
            return;
        }
        long wanted = Math.max(Math.max(FIRST_SIZE, 2L * bytes.length), (long) size + more);
        int capacity = (int) Math.min(wanted, Integer.MAX_VALUE - 8);
        if (capacity - size < more) {
            throw new Refusal(413, "an answer cannot be larger than 2 GiB");
        }
        memory.take(capacity);
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, capacity);
        memory.give(before);
    }

    /** A view of what was written. */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Takes back what was written after the first {@code size} bytes; the memory stays. */
    void cutTo(int size) {
        this.size = size;
    }

    /** Lets go of the bytes, and gives their memory back. */
    void release() {
        memory.give(bytes.length);
        bytes = new byte[0];
        size = 0;
    }
}
