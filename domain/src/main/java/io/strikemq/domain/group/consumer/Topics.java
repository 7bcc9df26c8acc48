package io.strikemq.domain.group.consumer;

import io.strikemq.domain.topic.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The topics that there are, as groups look at them. Callable from any thread; takes no lock. */
public interface Topics {
    /** The topic of this name, if there is one. */
    Optional<Topic> find(String name);

    /** The topic of this id, if there is one. */
    Optional<Topic> find(UUID id);

    /** The names of all topics, in no order. */
    Set<String> names();

    /** Grows with each change to any topic; asked before the topics are looked at, it never hides a change. */
    long version();

    /** Grows with each topic that is created. */
    long creations();
}
