package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Close;
import io.strikemq.parity.cases.Case.Pause;
import io.strikemq.parity.cases.Case.ReadAnswer;
import io.strikemq.parity.cases.Case.Reading;
import io.strikemq.parity.cases.Case.Step;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.Answer;
import io.strikemq.parity.peer.Connection;
import io.strikemq.parity.peer.Connection.Call;
import io.strikemq.parity.peer.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays a case at one version against one broker. */
public final class Playing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** What a case waits for where nothing shall be. */
    private static final String NOTHING = "(nothing)";

    private final Messages messages;
    private final Peer peer;
    private final Case played;
    private final int version;
    private final Names names;
    private final Duration patience;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, Deque<Call>> unread = new HashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();

    /** A request and what came back for it. */
    public record Exchange(Call call, Answer answer) {}

    /** @param playing a part of all names that this playing makes up */
    public Playing(Messages messages, Peer peer, Case played, int version, String playing) {
        this(messages, peer, played, version, playing, PATIENCE);
    }

    /** @param patience how long an answer is waited for that a step wants */
    Playing(Messages messages, Peer peer, Case played, int version, String playing, Duration patience) {
        this.messages = messages;
        this.peer = peer;
        this.played = played;
        this.version = version;
        this.names = new Names(playing);
        this.patience = patience;
    }

    /** All requests with their answers, in the order in which they were read. */
    public List<Exchange> play() throws InterruptedException {
        for (Step step : played.steps()) {
            if (step instanceof Ask ask) {
                ask(ask);
            } else if (step instanceof ReadAnswer read) {
                read(read);
            } else if (step instanceof Close close) {
                connections.remove(close.connection()).close();
            } else if (step instanceof Pause pause) {
                Thread.sleep(pause.millis());
            } else {
                throw new IllegalStateException("an unknown step: " + step);
            }
        }
        return exchanges;
    }

    private void ask(Ask ask) throws InterruptedException {
        Call call = new Call(ask.api(), versionOf(ask), ask.clientId(), names.replaced(ask.body()));
        Connection connection = connections.computeIfAbsent(ask.connection(), name -> new Connection(messages, peer));
        connection.send(call);
        if (ask.reading() == Reading.LATER) {
            unread.computeIfAbsent(ask.connection(), name -> new ArrayDeque<>()).add(call);
            return;
        }
        Answer answer = ask.reading() == Reading.NEVER ? connection.receiveNothing() : connection.receive();
        Instant deadline = Instant.now().plus(patience);
        while (!isThere(ask.until(), answer)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("waited for " + ask.api() + " to answer " + names.replaced(ask.until())
                        + " in vain; the last answer: " + answer.body());
            }
            Thread.sleep(20);
            connection.send(call);
            answer = connection.receive();
        }
        keep(ask.keep(), answer);
        exchanges.add(new Exchange(call, answer));
    }

    private void read(ReadAnswer read) {
        Call call = unread.get(read.connection()).remove();
        Connection connection = connections.get(read.connection());
        Answer answer = read.reading() == Reading.NEVER ? connection.receiveNothing() : connection.receive();
        keep(read.keep(), answer);
        exchanges.add(new Exchange(call, answer));
    }

    private int versionOf(Ask ask) {
        if (ask.version() >= 0) {
            return ask.version();
        }
        return ask.api().equals(played.api())
                ? version
                : messages.request(ask.api()).highestStable();
    }

    private boolean isThere(JsonNode until, Answer answer) {
        return names.replaced(until).properties().stream()
                .allMatch(wanted -> isSame(Paths.find(answer.body(), wanted.getKey()), wanted.getValue()));
    }

    /** Numbers are compared by their value: that of a definition may have more bits than that of a case. */
    private static boolean isSame(JsonNode found, JsonNode wanted) {
        if (found.isMissingNode()) {
            return wanted.asText().equals(NOTHING);
        }
        return found.isIntegralNumber() && wanted.isIntegralNumber()
                ? found.longValue() == wanted.longValue()
                : found.equals(wanted);
    }

    private void keep(Map<String, String> keep, Answer answer) {
        keep.forEach((name, path) -> names.keep(name, Paths.find(answer.body(), names.replaced(path))));
    }

    @Override
    public void close() {
        connections.values().forEach(Connection::close);
    }
}
