package io.strikemq.domain.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyOffsetsTest {
    @Property(tries = 20)
    void itIsAMapOfKeysToTheirLastOffsets(@ForAll long seed) {
        Random random = new Random(seed);
        KeyOffsets keys = new KeyOffsets(24L << 14, 0.9);
        Map<Integer, Long> model = new HashMap<>();
        for (long offset = 0; offset < 20_000; offset++) {
            int key = random.nextInt(6000) - 1000;
            keys.put(key(key), offset);
            model.put(key, offset);
        }
        for (int key = -1000; key < 6000; key++) {
            assertEquals(model.getOrDefault(key, KeyOffsets.NONE), keys.offset(key(key)));
        }
        assertEquals(model.size(), keys.size());
        assertEquals(19_999, keys.latestOffset());
    }

    @Test
    void itIsFullAtItsLoadFactorAndTakesNoMore() {
        KeyOffsets keys = new KeyOffsets(10 * KeyOffsets.BYTES_PER_KEY, 0.5);
        for (int key = 0; key < 5; key++) {
            assertFalse(keys.isFull());
            keys.put(key(key), key);
        }
        assertTrue(keys.isFull());
        assertThrows(IllegalStateException.class, () -> keys.put(key(5), 5));
        assertEquals(4, keys.offset(key(4)));
        assertEquals(KeyOffsets.NONE, keys.offset(key(5)));
    }

    @Test
    void oneKeyAlwaysFitsSoThatThereIsProgress() {
        for (double loadFactor : new double[] {0, -1, Double.NaN, 0.9, 5}) {
            KeyOffsets keys = new KeyOffsets(0, loadFactor);
            assertFalse(keys.isFull());
            keys.put(key(7), 3);
            assertEquals(3, keys.offset(key(7)));
            assertEquals(KeyOffsets.NONE, keys.offset(key(8)));
        }
    }

    @Test
    void aKeyThatIsEmptyIsAKeyAsWell() {
        KeyOffsets keys = new KeyOffsets(1000, 0.9);
        assertEquals(KeyOffsets.NONE, keys.offset(ByteBuffer.allocate(0)));
        keys.put(ByteBuffer.allocate(0), 0);
        assertEquals(0, keys.offset(ByteBuffer.allocate(0)));
    }

    private static ByteBuffer key(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }
}
