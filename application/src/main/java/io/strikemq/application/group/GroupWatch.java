package io.strikemq.application.group;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEvent;

/** Sees what becomes of groups. Called with the group's lock held: quick, and never fails. */
@FunctionalInterface
public interface GroupWatch {
    /** Nobody looks. */
    GroupWatch NOBODY = (before, event, after) -> {};

    /** This event, and all that followed from it, has made the one of the other; they may be the same. */
    void changed(Group before, GroupEvent event, Group after);
}
