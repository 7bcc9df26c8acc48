package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.mmap.log.LoggedLines;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.BrokerStoreContractTest;
import io.strikemq.domain.port.out.FixedIdentifiers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBrokerStoreTest extends BrokerStoreContractTest {
    private final FixedIdentifiers identifiers = new FixedIdentifiers(11);

    @TempDir
    Path directory;

    @Override
    protected BrokerStore restart() {
        try {
            return new FileBrokerStore(directory, identifiers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aClusterIdThatIsDamagedIsNamed() throws IOException {
        Files.writeString(directory.resolve("meta.properties"), "cluster.id=short\n");
        assertTrue(assertThrows(UncheckedIOException.class, this::restart)
                .getMessage()
                .contains("not 'short'"));
    }

    @Test
    void aClusterIdThatIsMissingIsDrawnAnewAndToldOf() throws IOException {
        String before = restart().clusterId();
        Files.createDirectories(directory.resolve(".catalog"));
        Files.delete(directory.resolve("meta.properties"));

        try (LoggedLines lines = new LoggedLines()) {
            String now = restart().clusterId();
            assertNotEquals(before, now);
            assertEquals(
                    List.of(directory.resolve("meta.properties")
                            + " is missing: this is a cluster of another id from now on, " + now + "."),
                    lines.of("WARN"));
        }
    }

    @Test
    void aNewDirectoryGivesNoWarningAndBeginsWithTheFirstId() {
        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(0, restart().claimProducerIds(1));
            assertEquals(List.of(), lines.of("WARN"));
        }
    }

    @Test
    void whatAnEarlierVersionWroteGoesOn() throws IOException {
        Files.writeString(directory.resolve(".producer-ids"), "2000\n");
        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(2000, restart().claimProducerIds(1));
            assertEquals(2001, restart().claimProducerIds(1));
            assertEquals(List.of(), lines.of("WARN"));
        }
    }

    /** A producer that got an id of an earlier one would have its batches dropped as duplicates of the other's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MISSING",
                "",
                "x\n",
                "-5\n",
                "9223372036854775807\n",
                "\u00ff",
                "100",
                "1000",
                "1000 10",
                "FAR TOO LONG"
            })
    void whenProducerIdsAreLostNoneIsGivenOutAgain(String content) throws IOException {
        Path file = directory.resolve(".producer-ids");
        long last = restart().claimProducerIds(1000) + 999;
        Files.delete(file);
        if (content.equals("FAR TOO LONG")) {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(3L << 30);
            }
        } else if (!content.equals("MISSING")) {
            Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        }

        try (LoggedLines lines = new LoggedLines()) {
            long next = restart().claimProducerIds(1);
            assertTrue(next > last + 1_000_000, "the next id is " + next);
            assertEquals(
                    List.of(file + " is missing or damaged: producer ids go on far from those before, with " + next
                            + "."),
                    lines.of("WARN"));
            assertEquals(next + 1, restart().claimProducerIds(1));
        }
    }
}
