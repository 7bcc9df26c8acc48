package io.strikemq.parity.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.parity.Home;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasesTest {
    private static final String NO_TOPICS = "Metadata: {topics: []}";

    @TempDir
    Path folder;

    @Test
    void aCaseMayBeSlow() throws Exception {
        assertEquals(List.of(false), read(NO_TOPICS).stream().map(Case::slow).toList());
        assertEquals(
                List.of(true),
                read(NO_TOPICS + "\n    slow: true").stream().map(Case::slow).toList());
    }

    @Test
    void waitingForNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> read(NO_TOPICS + "\n        until: {}"));
    }

    @Test
    void waitingInVainIsAFailureThatNamesWhatWasWaitedFor() throws Exception {
        Case played = read(NO_TOPICS + "\n        until: {errorCode: 0}").get(0);
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getByName(Peer.HOST))) {
            new Thread(() -> closeAll(closing)).start();
            Peer peer = new Peer("closing", closing.getLocalPort(), folder, null);
            Messages messages = Messages.in(Home.find().definitions());
            try (Playing playing = new Playing(messages, peer, played, 13, "p", Duration.ZERO)) {
                String told =
                        assertThrows(IllegalStateException.class, playing::play).getMessage();
                assertTrue(
                        told.contains("{\"errorCode\":0} in vain; the last answer: {\"noAnswer\":\"closed\"}"), told);
            }
        }
    }

    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                accepted.shutdownOutput();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private List<Case> read(String step) throws IOException {
        Files.writeString(folder.resolve("cases.yaml"), "api: Metadata\ncases:\n  - case: a\n    do:\n      - " + step);
        return CaseFiles.in(folder);
    }
}
