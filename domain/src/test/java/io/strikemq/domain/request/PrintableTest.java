package io.strikemq.domain.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryNamesStayAsTheyAre() {
        assertEquals("my client-1 é☃😀", Printable.name("my client-1 é☃😀"));
        assertEquals("", Printable.name(""));
        assertNull(Printable.name(null));
    }

    @Test
    void noNameForgesALineOrTurnsTheTerminal() {
        assertEquals(
                "a\\u000a2026-01-01 ERROR b\\u000d\\u001b[31m\\u2028\\u202e\\u0000",
                Printable.name("a\n2026-01-01 ERROR b\r\u001b[31m\u2028\u202e\0"));
    }

    @Test
    void aLongNameIsCut() {
        assertEquals("x".repeat(256) + "... (32767 characters)", Printable.name("x".repeat(32_767)));
        assertEquals("xx... (3 characters)", Printable.text("xxx", 2));
        assertEquals("xxx", Printable.text("xxx", 3));
    }
}
