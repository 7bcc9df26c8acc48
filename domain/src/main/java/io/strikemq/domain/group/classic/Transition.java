package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEffect;
import java.util.List;

/** What an event made of a group, and what is to be done now. */
public record Transition(ClassicGroup next, List<GroupEffect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }
}
