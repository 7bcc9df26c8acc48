package io.strikemq.application.journal;

import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.request.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last events. They are rare, so that one lock suffices; it is held for a moment. */
final class EventJournal implements Events {
    static final int CAPACITY = 1000;
    /** Of a sentence, so that all of them are bounded: a client chooses names and reasons. */
    private static final int TEXT_CHARACTERS = 2000;

    private final Clock clock;
    private final Deque<JournaledEvent> events = new ArrayDeque<>();
    private long lastNumber;

    EventJournal(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void happened(Happening happening) {
        Happening bounded = new Happening(
                happening.kind(),
                happening.topic(),
                happening.group(),
                happening.transactionalId(),
                Printable.text(happening.text(), TEXT_CHARACTERS));
        long now = clock.wallClockMillis();
        synchronized (events) {
            if (events.size() == CAPACITY) {
                events.removeFirst();
            }
            events.addLast(new JournaledEvent(++lastNumber, now, bounded));
        }
    }

    List<JournaledEvent> all() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    void clear() {
        synchronized (events) {
            events.clear();
            lastNumber = 0;
        }
    }
}
