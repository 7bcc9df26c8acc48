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
        assertTrue(settle(reader));
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
        assertTrue(settle(first));

        assertTrue(roomAgain.get() > 0, "the second one hears of room");
        assertTrue(settle(second));
        assertTrue(readOn(second, secondChannel, 50_000));
        assertNotNull(second.next());
        assertTrue(settle(second));
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
        assertTrue(settle(second));
    }

    @Test
    void whatWasTakenOutOfTheReadersOwnBufferNeverComesBack() throws IOException {
        FrameReader reader = new FrameReader(LONGEST, pool, new MemoryBudget(LONGEST), () -> {});
        ByteBuffer sent = ByteBuffer.allocate(3 * 12 + 4 + 5000);
        for (int number = 1; number <= 3; number++) {
            sent.putInt(8).putLong(number);
        }
        sent.putInt(5000).putLong(4);
        StepChannel channel = new StepChannel(sent.array(), 100);

        reader.fill(channel, shared);
        for (int number = 1; number <= 3; number++) {
            assertEquals(number, reader.next().getLong(), "the reader settles while each is answered");
            assertTrue(settle(reader));
        }
        ByteBuffer large = null;
        while (large == null) {
            assertTrue(reader.fill(channel, shared) > 0);
            large = reader.next();
            assertTrue(large != null || settle(reader));
        }

        assertEquals(5000, large.remaining());
        assertEquals(4, large.getLong());
    }

    @Test
    void aFrameThatFillsItsBufferToTheByteHasNoRoomUntilItMayGrow() throws IOException {
        MemoryBudget budget = new MemoryBudget(10_000);
        FrameReader greedy = new FrameReader(LONGEST, pool, budget, () -> {});
        readOn(greedy, new StepChannel(header(50_000, 40_000), 100_000), 40_000);
        FrameReader reader = new FrameReader(LONGEST, pool, budget, () -> {});
        StepChannel channel = new StepChannel(header(50_000, 40_000), 1024);

        boolean room = true;
        while (room) {
            assertTrue(reader.hasRoom(SHARED));
            assertTrue(reader.fill(channel, shared) > 0, "where there is room, a byte comes in");
            room = settle(reader);
        }

        assertEquals(4096, reader.buffered());
        assertFalse(reader.hasRoom(SHARED));
        greedy.close();
        assertTrue(reader.makeRoom(SHARED));
        assertTrue(reader.hasRoom(SHARED));
    }

    @Test
    void smallFramesFindRoomWhileLargeOnesHaveTakenTheirsAndMore() throws IOException {
        MemoryBudget budget = new MemoryBudget(1 << 20);
        int small = 10_000;
        for (int i = 0; i < 5; i++) {
            readOn(
                    new FrameReader(LONGEST, pool, budget, () -> {}),
                    new StepChannel(header(LONGEST, LONGEST / 2), 100_000),
                    LONGEST / 2);
        }
        assertTrue(budget.used() > 1 << 20, "one of them went beyond the limit");

        for (int i = 0; i < 10; i++) {
            FrameReader reader = new FrameReader(LONGEST, pool, budget, () -> {});
            assertTrue(readOn(reader, new StepChannel(header(small, small - 1), small), small), "small frame " + i);
        }
    }

    /** Reads until so many bytes of the frame are there; false when there is no room for more. */
    private boolean readOn(FrameReader reader, StepChannel channel, int bytes) throws IOException {
        while (reader.buffered() < bytes) {
            reader.fill(channel, shared);
            if (!settle(reader)) {
                return false;
            }
        }
        return true;
    }

    private static boolean settle(FrameReader reader) {
        reader.settle();
        return reader.makeRoom(SHARED);
    }

    private static byte[] header(int length, int bodyBytes) {
        return ByteBuffer.allocate(4 + bodyBytes).putInt(length).array();
    }
}
