package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Maps files such that they can be unmapped at a moment of our choice, not of the garbage collector's.
 *
 * <p>JDK 22 and later do that with an {@code Arena}; before there is only {@code Unsafe.invokeCleaner}, which newer
 * JDKs warn about on stderr. Both are reached through method handles, since this is compiled for Java 17.
 */
abstract class FileMapper {
    /** The one that suits the running JDK. */
    static final FileMapper OF_THIS_JDK = Runtime.version().feature() >= 22 ? new WithArena() : new WithUnsafe();

    /** Maps the first {@code length} bytes of a file, which has that many, for reading. */
    abstract Region map(FileChannel channel, int length) throws IOException;

    /** Bytes of a file, and how to unmap them: once, and nobody touches the bytes any more. */
    record Region(ByteBuffer bytes, Runnable unmap) {}

    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static final class WithArena extends FileMapper {
        private final MethodHandle open;
        private final MethodHandle map;
        private final MethodHandle asByteBuffer;
        private final MethodHandle close;

        WithArena() {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                Class<?> arena = Class.forName("java.lang.foreign.Arena");
                Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
                open = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena));
                map = lookup.findVirtual(
                        FileChannel.class,
                        "map",
                        MethodType.methodType(segment, MapMode.class, long.class, long.class, arena));
                asByteBuffer = lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
                close = lookup.findVirtual(arena, "close", MethodType.methodType(void.class));
            } catch (ReflectiveOperationException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        Region map(FileChannel channel, int length) throws IOException {
            try {
                Object arena = open.invoke();
                Object segment = map.invoke(channel, MapMode.READ_ONLY, 0L, (long) length, arena);
                return new Region((ByteBuffer) asByteBuffer.invoke(segment), () -> close(arena));
            } catch (IOException failure) {
                throw failure;
            } catch (Throwable failure) {
                throw unexpected(failure);
            }
        }

        private void close(Object arena) {
            try {
                close.invoke(arena);
            } catch (Throwable failure) {
                throw unexpected(failure);
            }
        }
    }

    private static final class WithUnsafe extends FileMapper {
        private final MethodHandle invokeCleaner;

        WithUnsafe() {
            try {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                var instance = unsafe.getDeclaredField("theUnsafe");
                instance.setAccessible(true);
                invokeCleaner = MethodHandles.publicLookup()
                        .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                        .bindTo(instance.get(null));
            } catch (ReflectiveOperationException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        Region map(FileChannel channel, int length) throws IOException {
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, length);
            return new Region(bytes, () -> clean(bytes));
        }

        private void clean(ByteBuffer bytes) {
            try {
                invokeCleaner.invokeExact(bytes);
            } catch (Throwable failure) {
                throw unexpected(failure);
            }
        }
    }
}
