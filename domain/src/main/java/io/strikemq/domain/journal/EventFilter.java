package io.strikemq.domain.journal;

import io.strikemq.domain.journal.Happening.Kind;
import java.time.Instant;
import java.util.function.Predicate;

/** Which events are meant; all that is said has to hold. Immutable; each method returns another. */
public final class EventFilter {
    private static final EventFilter ALL = new EventFilter(event -> true);

    private final Predicate<JournaledEvent> test;

    private EventFilter(Predicate<JournaledEvent> test) {
        this.test = test;
    }

    /** All events. */
    public static EventFilter events() {
        return ALL;
    }

    /** Of this kind. */
    public EventFilter kind(Kind kind) {
        return and(event -> event.what().kind() == kind);
    }

    /** About this topic. */
    public EventFilter topic(String name) {
        return and(event -> name.equals(event.what().topic()));
    }

    /** About this group. */
    public EventFilter group(String id) {
        return and(event -> id.equals(event.what().group()));
    }

    /** About this transactional id. */
    public EventFilter transactionalId(String id) {
        return and(event -> id.equals(event.what().transactionalId()));
    }

    /** At this time or later, by the broker's clock. */
    public EventFilter since(Instant time) {
        return and(event -> event.timeMs() >= time.toEpochMilli());
    }

    private EventFilter and(Predicate<JournaledEvent> other) {
        return new EventFilter(test.and(other));
    }

    /** Whether all that is said holds for the event. */
    public boolean passes(JournaledEvent event) {
        return test.test(event);
    }
}
