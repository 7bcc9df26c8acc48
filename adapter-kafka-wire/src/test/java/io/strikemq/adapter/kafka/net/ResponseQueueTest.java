package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseQueueTest {
    private final ServerLoad load = new ServerLoad(Long.MAX_VALUE, new ManualTime());
    private final ResponseQueue queue = new ResponseQueue(load);
    private final ByteBuffer[] scratch = new ByteBuffer[ResponseQueue.GATHER];
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private final List<Integer> released = new ArrayList<>();

    @Property(tries = 100)
    void responsesLeaveInOrderWhateverTheSocketTakes(
            @ForAll long seed, @ForAll @IntRange(min = 50, max = 300_000) int room) throws IOException {
        expected.reset();
        released.clear();
        Random random = new Random(seed);
        int count = 1 + random.nextInt(100);
        for (int i = 0; i < count; i++) {
            add(i, random);
        }
        TightChannel channel = new TightChannel(room);

        while (!queue.isEmpty()) {
            assertTrue(queue.writeTo(channel, scratch) >= 0);
        }

        assertArrayEquals(expected.toByteArray(), channel.taken.toByteArray());
        assertEquals(count, released.size());
        assertEquals(0, queue.unsentBytes());
        assertEquals(0, load.unsentBytes());
    }

    @Test
    void closingReleasesEachResponseThatWasNotSentOnce() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            add(i, random);
        }
        queue.writeTo(new TightChannel(1000), scratch);

        queue.close();
        queue.close();

        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), released);
        assertEquals(0, load.unsentBytes());
    }

    private void add(int number, Random random) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 300_000 : 2000)];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            buffers.add(
                    random.nextBoolean()
                            ? ByteBuffer.wrap(bytes)
                            : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        }
        queue.add(new Response(buffers, () -> released.add(number)));
    }

    /** Takes no more than so many bytes at once. */
    private static final class TightChannel implements GatheringByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int room;

        private TightChannel(int room) {
            this.room = room;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            int left = room;
            for (int i = offset; i < offset + length; i++) {
                byte[] bytes = new byte[Math.min(left, sources[i].remaining())];
                sources[i].get(bytes);
                taken.writeBytes(bytes);
                left -= bytes.length;
            }
            return room - left;
        }

        @Override
        public long write(ByteBuffer[] sources) {
            return write(sources, 0, sources.length);
        }

        @Override
        public int write(ByteBuffer source) {
            return (int) write(new ByteBuffer[] {source});
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
