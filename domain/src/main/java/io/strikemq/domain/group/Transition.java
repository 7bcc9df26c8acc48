package io.strikemq.domain.group;

import java.util.List;

/**
 * What an event made of a group, and what is to be done now.
 *
 * @param <G> what kind of group it is then
 */
public record Transition<G extends Group>(G next, List<GroupEffect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }
}
