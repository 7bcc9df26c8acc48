package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event and all that follows from it make of a group, before anybody sees it: the group that will be, and what
 * is to be done when it is. Either all of it happens, or nothing.
 */
final class GroupUpdate {
    private final List<Runnable> actions = new ArrayList<>();
    private Group group;
    private ErrorCode failure = ErrorCode.NONE;

    GroupUpdate(Group before) {
        this.group = before;
    }

    /** The group as the events until now have made it. */
    Group group() {
        return group;
    }

    void become(Group next) {
        group = next;
    }

    /** Something to be done when the update is complete. */
    void then(Runnable action) {
        actions.add(action);
    }

    /** What is to be done, in its order. */
    List<Runnable> actions() {
        return actions;
    }

    /** The log does not take what the update rests on: nothing of it happens. */
    void fail(ErrorCode error) {
        failure = error;
    }

    /** Why nothing of it happens; NONE if it does. */
    ErrorCode failure() {
        return failure;
    }
}
