package io.strikemq.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.parity.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DifferencesDocumentTest {
    @Test
    void theDocumentShowsTheListedDifferences() throws Exception {
        Home home = Home.find();
        Path document = home.folder().resolve("../../docs/differences.md");
        String text = Files.readString(document);
        String table = KnownDifferences.read(home.differences()).asTable();
        assertEquals(table, text.substring(text.indexOf("| where")));
    }
}
