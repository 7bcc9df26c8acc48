package io.strikemq.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.CaseFiles;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityRunTest {
    @TempDir
    Path folder;

    @Test
    void aFailureWithEitherBrokerIsToldAndTheRunGoesOn() throws Exception {
        Files.writeString(
                folder.resolve("cases.yaml"),
                "api: Metadata\nversions: newest\ncases:\n  - case: sends\n    do:\n      - Metadata: {}\n        later: true");
        Case sends = CaseFiles.in(folder).get(0);
        Messages messages = Messages.in(Home.find().definitions());
        Report report = new Report();
        int closed;
        try (ServerSocket other = open()) {
            closed = other.getLocalPort();
        }
        try (ServerSocket open = open()) {
            Peer listening = new Peer("listening", open.getLocalPort(), folder, null);
            Peer gone = new Peer("gone", closed, folder, null);
            assertFails(new ParityRun(messages, gone, listening), sends, report);
            assertFails(new ParityRun(messages, listening, gone), sends, report);
            report.during(() -> new ParityRun(messages, listening, listening).compare(sends));
        }
        assertEquals(2, report.failures());
    }

    private static void assertFails(ParityRun run, Case played, Report report) {
        report.during(() -> run.compare(played));
        String told = assertThrows(IllegalStateException.class, () -> run.compare(played))
                .getMessage();
        assertTrue(told.startsWith("cases: sends @13 with gone: "), told);
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 9, InetAddress.getByName(Peer.HOST));
    }
}
