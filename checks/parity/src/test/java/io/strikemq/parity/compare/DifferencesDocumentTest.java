package io.strikemq.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.parity.Home;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DifferencesDocumentTest {
    @Test
    void theDocumentShowsTheListedDifferences() throws Exception {
        Home home = Home.find();
        String text = Files.readString(home.document());
        String table = KnownDifferences.read(home.differences()).asTable();
        assertEquals(table, text.substring(text.indexOf("| where")), "checks/parity/run --document writes it");
    }
}
