package io.strikemq.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.Playing;
import io.strikemq.parity.cases.Playing.Exchange;
import io.strikemq.parity.compare.Comparison;
import io.strikemq.parity.compare.Difference;
import io.strikemq.parity.compare.Mask;
import io.strikemq.parity.message.Messages;
import io.strikemq.parity.peer.Connection.Call;
import io.strikemq.parity.peer.Peer;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Plays cases against both brokers, at the same time, and compares. */
public final class ParityRun {
    private final Messages messages;
    private final Peer kafka;
    private final Peer ours;
    private PrintStream shown = new PrintStream(OutputStream.nullOutputStream());
    private int playings;

    public ParityRun(Messages messages, Peer kafka, Peer ours) {
        this.messages = messages;
        this.kafka = kafka;
        this.ours = ours;
    }

    /** Writes every request down with both answers, equal or not. */
    public void showTo(PrintStream out) {
        shown = out;
    }

    /** How many conversations were held so far. */
    public int playings() {
        return playings;
    }

    /** Plays a case at each of its versions. */
    public List<Difference> compare(Case played) {
        List<Difference> differences = new ArrayList<>();
        for (int version : versions(played)) {
            differences.addAll(compare(played, version));
        }
        return differences;
    }

    /** Plays a case at its newest version alone. */
    public List<Difference> compareNewest(Case played) {
        return compare(played, Collections.max(versions(played)));
    }

    private List<Difference> compare(Case played, int version) {
        String playing = ++playings + "-v" + version;
        String name = played.title() + " @" + version;
        CompletableFuture<List<Exchange>> theirs =
                CompletableFuture.supplyAsync(() -> play(kafka, played, version, playing));
        List<Exchange> own = play(ours, played, version, playing);
        List<Exchange> kafkas = joined(theirs);
        show(name, kafkas, own);
        return new Comparison(
                        name,
                        new Mask(kafka, played.mask(), played.unordered()),
                        new Mask(ours, played.mask(), played.unordered()))
                .of(kafkas, own);
    }

    /** What was played on another thread; what failed there fails here as it would have. */
    private static List<Exchange> joined(CompletableFuture<List<Exchange>> playing) {
        try {
            return playing.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    private List<Exchange> play(Peer peer, Case played, int version, String playing) {
        try (Playing play = new Playing(messages, peer, played, version, playing)) {
            return play.play();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    played.title() + " @" + version + " with " + peer.name() + ": " + e.getMessage(), e);
        }
    }

    private void show(String name, List<Exchange> theirs, List<Exchange> own) {
        shown.println(name);
        for (int step = 0; step < Math.min(theirs.size(), own.size()); step++) {
            Call call = own.get(step).call();
            shown.println("  " + (step + 1) + ": " + call.api() + "@" + call.version() + " " + call.body());
            shown.println("    Kafka: " + theirs.get(step).answer().body());
            shown.println("    here:  " + own.get(step).answer().body());
        }
    }

    private Set<Integer> versions(Case played) {
        Set<Integer> versions = new LinkedHashSet<>();
        JsonNode wanted = played.versions();
        if (wanted.isArray()) {
            wanted.forEach(version -> versions.add(version.asInt()));
            return versions;
        }
        MessageSpec request = messages.request(played.api());
        int lowest = request.valid().lowest();
        int highest = request.highestStable();
        switch (wanted.asText("edges")) {
            case "", "edges" -> versions.addAll(List.of(lowest, (lowest + highest) / 2, highest));
            case "newest" -> versions.add(highest);
            case "all" -> {
                for (int version = lowest; version <= highest; version++) {
                    versions.add(version);
                }
            }
            default -> throw new IllegalArgumentException(played.name() + ": versions: " + wanted);
        }
        return versions;
    }
}
