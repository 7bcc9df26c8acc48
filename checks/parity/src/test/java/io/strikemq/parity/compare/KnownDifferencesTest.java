package io.strikemq.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDifferencesTest {
    @TempDir
    Path folder;

    @Test
    void coversWhatMatchesInAllThatIsGiven() throws Exception {
        KnownDifferences known = of("[{at: 'Fetch errorCode', case: a case, kafka: '^-1$', here: '^0$'}]");
        assertTrue(known.covers(new Difference("fetch: a case @4", "Fetch errorCode", "", "-1", "0")));
        assertFalse(known.covers(new Difference("fetch: a case @4", "Fetch errorCode", "", "-1", "7")));
        assertFalse(known.covers(new Difference("fetch: another @4", "Fetch errorCode", "", "-1", "0")));
    }

    @Test
    void tellsOfASightInCasesThatShowsNoMoreThoughItsEntryDoes() throws Exception {
        KnownDifferences known = of("[{at: A}, {at: B}, {at: C, case: '^random: '}]");
        known.covers(new Difference("file: a case @4", "A", "", "1", "2"));
        assertEquals(1, known.notSeen().size());
        assertTrue(known.notSeen().get(0).contains("at=B"), known.notSeen().toString());
        known.covers(new Difference("file: a case @4", "B", "", "1", "2"));
        assertEquals(0, known.notSeen().size());
    }

    @Test
    void tellsOfAnEntryOfRandomRequestsThatShowsNoMoreUnlessItSaysWhy() throws Exception {
        String random = "[{at: A, case: '^random: '}]";
        assertEquals(1, of(random).notSeen().size());
        assertEquals(0, of(random + "\n    unseen: a race").notSeen().size());
    }

    private KnownDifferences of(String seen) throws IOException {
        return KnownDifferences.read(Files.writeString(
                folder.resolve("differences.yaml"),
                "differences:\n  - where: w\n    kafka: k\n    here: h\n    why: y\n    seen: " + seen));
    }
}
