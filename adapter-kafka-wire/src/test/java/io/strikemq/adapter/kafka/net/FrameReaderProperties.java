package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FrameReaderProperties {
    private static final int SHARED = 256;
    private static final int LONGEST = 100_000;

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final FrameReader reader = new FrameReader(LONGEST, new BufferPool(), budget, () -> {});
    private final ByteBuffer shared = ByteBuffer.allocateDirect(SHARED);

    @Property(tries = 300)
    void framesComeOutWholeHoweverTheirBytesAreSplit(
            @ForAll("frameSizes") List<Integer> sizes, @ForAll long seed, @ForAll("steps") int step)
            throws IOException {
        List<byte[]> frames = frames(sizes, new Random(seed));
        StepChannel channel = new StepChannel(stream(frames), step);

        List<byte[]> read = readAll(channel);

        assertEquals(frames.size(), read.size());
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(ByteBuffer.wrap(frames.get(i)), ByteBuffer.wrap(read.get(i)), "frame " + i);
        }
        assertEquals(0, reader.buffered());
        assertEquals(0, budget.used());
    }

    @Property(tries = 200)
    void aCutFrameNeverComesOutAndTakesNoMoreThanTwiceWhatArrived(
            @ForAll("frameSizes") @Size(min = 1) List<Integer> sizes, @ForAll("steps") int step, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        List<byte[]> frames = frames(sizes, random);
        byte[] all = stream(frames);
        byte[] last = frames.get(frames.size() - 1);
        int cut = all.length - 1 - random.nextInt(last.length + 3);
        StepChannel channel = new StepChannel(java.util.Arrays.copyOf(all, cut), step);

        List<byte[]> read = readAll(channel);

        assertEquals(frames.size() - 1, read.size());
        assertTrue(budget.used() <= Math.max(4096, 2 * (last.length + 4)), "takes " + budget.used());
        reader.close();
        assertEquals(0, budget.used());
    }

    @Property(tries = 200)
    void randomBytesEndInFramesOrInARefusal(@ForAll byte[] bytes, @ForAll("steps") int step) throws IOException {
        try {
            for (byte[] frame : readAll(new StepChannel(bytes, step))) {
                assertTrue(frame.length >= FrameReader.SHORTEST && frame.length <= bytes.length);
            }
        } catch (MalformedFrameException e) {
            assertTrue(e.getMessage().matches("a request of .*|this looks like .*"));
        }
        reader.close();
        assertEquals(0, budget.used());
    }

    private List<byte[]> readAll(StepChannel channel) throws IOException {
        List<byte[]> read = new ArrayList<>();
        while (reader.fill(channel, shared) >= 0) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                assertTrue(frame.isDirect());
                byte[] bytes = new byte[frame.remaining()];
                frame.get(bytes);
                read.add(bytes);
            }
            reader.settle();
            assertTrue(reader.makeRoom(SHARED));
        }
        return read;
    }

    private static List<byte[]> frames(List<Integer> sizes, Random random) {
        List<byte[]> frames = new ArrayList<>();
        for (int size : sizes) {
            byte[] frame = new byte[size];
            random.nextBytes(frame);
            frames.add(frame);
        }
        return frames;
    }

    private static byte[] stream(List<byte[]> frames) {
        ByteBuffer all = ByteBuffer.allocate(
                frames.stream().mapToInt(frame -> frame.length + 4).sum());
        frames.forEach(frame -> all.putInt(frame.length).put(frame));
        return all.array();
    }

    @Provide
    Arbitrary<List<Integer>> frameSizes() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(FrameReader.SHORTEST, 300),
                        Arbitraries.integers().between(FrameReader.SHORTEST, 20_000))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> steps() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 20), Arbitraries.integers().between(21, 10_000));
    }
}
