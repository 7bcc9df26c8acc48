package io.strikemq.adapter.kafka.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int SHARED = 1024;
    private static final int LONGEST = 1 << 20;

    private final BufferPool pool = new BufferPool();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(SHARED);

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, LONGEST + 1, 7, 0, -1, Integer.MIN_VALUE})
    void aLengthThatCannotBeIsRefusedWithoutTakingMemory(int length) throws IOException {
        MemoryBudget budget = new MemoryBudget(LONGEST);
        FrameReader reader = new FrameReader(LONGEST, pool, budget, () -> {});

        reader.fill(new StepChannel(header(length, 4), 100), shared);

        assertThrows(MalformedFrameException.class, reader::next);
        assertEquals(0, budget.used());
    }

    @Test
    void aClaimAloneTakesNoMoreMemoryThanItsBytes() throws IOException {
        MemoryBudget budget = new MemoryBudget(LONGEST);
        FrameReader reader = new FrameReader(LONGEST, pool, budget, () -> {});

        reader.fill(new StepChannel(header(LONGEST, 4), 100), shared);

        assertNull(reader.next());
        assertTrue(reader.settle(SHARED));
        assertEquals(4096, budget.used());
    }

    @Test
    void aLargeFrameWaitsForRoomWhileAnotherOneMayGoBeyondTheLimit() throws IOException {
        MemoryBudget budget = new MemoryBudget(10_000);
        AtomicInteger roomAgain = new AtomicInteger();
        FrameReader first = new FrameReader(LONGEST, pool, budget, () -> {});
        FrameReader second = new FrameReader(LONGEST, pool, budget, roomAgain::incrementAndGet);
        StepChannel firstChannel = new StepChannel(header(50_000, 50_000), 100_000);
        StepChannel secondChannel = new StepChannel(header(50_000, 50_000), 100_000);

        assertTrue(readOn(first, firstChannel, 50_000), "the first frame passes the limit");
        assertFalse(readOn(second, secondChannel, 50_000), "the second one waits");
        assertNotNull(first.next());
        assertEquals(0, roomAgain.get());
        assertTrue(first.settle(SHARED));

        assertTrue(roomAgain.get() > 0, "the second one hears of room");
        assertTrue(second.settle(SHARED));
        assertTrue(readOn(second, secondChannel, 50_000));
        assertNotNull(second.next());
        assertTrue(second.settle(SHARED));
        assertEquals(0, budget.used());
    }

    @Test
    void aFrameThatIsGivenUpLetsTheNextOneGrow() throws IOException {
        MemoryBudget budget = new MemoryBudget(10_000);
        AtomicInteger roomAgain = new AtomicInteger();
        FrameReader first = new FrameReader(LONGEST, pool, budget, () -> {});
        FrameReader second = new FrameReader(LONGEST, pool, budget, roomAgain::incrementAndGet);
        readOn(first, new StepChannel(header(50_000, 40_000), 100_000), 40_000);
        readOn(second, new StepChannel(header(50_000, 50_000), 100_000), 50_000);

        first.close();

        assertTrue(roomAgain.get() > 0);
        assertTrue(second.settle(SHARED));
    }

    /** Reads until so many bytes of the frame are there; false when there is no room for more. */
    private boolean readOn(FrameReader reader, StepChannel channel, int bytes) throws IOException {
        while (reader.buffered() < bytes) {
            reader.fill(channel, shared);
            if (!reader.settle(SHARED)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] header(int length, int bodyBytes) {
        return ByteBuffer.allocate(4 + bodyBytes).putInt(length).array();
    }
}
