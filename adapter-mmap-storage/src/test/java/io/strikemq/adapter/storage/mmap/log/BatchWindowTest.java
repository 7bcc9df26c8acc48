package io.strikemq.adapter.storage.mmap.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWindowTest {
    /** More than two windows, and no multiple of anything. */
    private static final int LENGTH = (512 << 10) + 4099;

    @TempDir
    Path directory;

    @Test
    void aByteThatIsNoZeroIsSeenFromWhereverOneLooksBeforeIt() throws IOException {
        int[] places = {0, 1, 7, 8, 63, 1001, 262_143, 262_144, 262_145, 524_289, LENGTH - 2, LENGTH - 1};
        for (int place : places) {
            byte[] bytes = new byte[LENGTH];
            bytes[place] = (byte) 0x80;
            Path file = Files.write(directory.resolve("bytes"), bytes);
            try (BatchWindow window = new BatchWindow(file)) {
                for (int distance = 0; distance <= 70; distance++) {
                    if (distance <= place) {
                        assertFalse(window.isZeroFrom(place - distance), place + " from " + distance + " before it");
                    }
                    int behind = place + 1 + distance;
                    assertTrue(behind > LENGTH || window.isZeroFrom(behind), place + " from " + behind);
                }
                assertFalse(window.isZeroFrom(0), "byte " + place + " from the begin");
            }
        }
    }

    @Test
    void bytesThatAreAllTheSameAreNoZeros() throws IOException {
        byte[] ones = new byte[LENGTH];
        Arrays.fill(ones, (byte) 1);
        try (BatchWindow window = new BatchWindow(Files.write(directory.resolve("bytes"), ones))) {
            assertFalse(window.isZeroFrom(0));
            assertFalse(window.isZeroFrom(LENGTH - 1));
            assertTrue(window.isZeroFrom(LENGTH));
        }
    }

    @Test
    void theNextByteOfAValueIsFoundInWhicheverWindowItIs() throws IOException {
        byte[] bytes = new byte[LENGTH];
        int[] places = {0, 17, 262_143, 262_144, 262_161, LENGTH - 1};
        for (int place : places) {
            bytes[place] = 2;
        }
        try (BatchWindow window = new BatchWindow(Files.write(directory.resolve("bytes"), bytes))) {
            int position = 0;
            for (int place : places) {
                assertEquals(place, window.next(2, position));
                position = place + 1;
            }
            assertEquals(LENGTH, window.next(2, position));
            assertEquals(LENGTH, window.next(3, 0));
        }
    }

    @Test
    void onlyTheBytesThatItIsToReadCount() throws IOException {
        byte[] bytes = new byte[1000];
        bytes[501] = 1;
        Path file = Files.write(directory.resolve("bytes"), bytes);
        try (BatchWindow window = new BatchWindow(file, 501)) {
            assertEquals(501, window.length());
            assertTrue(window.isZeroFrom(3));
        }
    }
}
