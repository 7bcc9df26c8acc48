package io.strikemq.domain.group;

import io.strikemq.domain.group.log.GroupRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is to be done after a group's transition is complete, in the order given. */
public sealed interface GroupEffect {
    /** Answer a request; of which type the result is, is between who asked and who answers. */
    record Answer(long request, Object result) implements GroupEffect {}

    /** Send {@link GroupEvent.DeadlinePassed} after the delay, unless the slot is set again or cancelled before. */
    record SetDeadline(GroupDeadline deadline, Duration delay) implements GroupEffect {}

    /** As {@link SetDeadline}, unless the slot has a deadline already. */
    record KeepDeadline(GroupDeadline deadline, Duration delay) implements GroupEffect {}

    /** Forget the deadline in the slot, if there is one. */
    record CancelDeadline(GroupDeadline.Slot slot) implements GroupEffect {}

    /** Forget all deadlines: the group is of another kind from now on. */
    record CancelDeadlines() implements GroupEffect {}

    /**
     * Write this to the log, then send {@link GroupEvent.Stored} or {@link GroupEvent.StoringFailed} with the purpose: the
     * group goes on in either case, in its own way.
     */
    record Store(GroupRecord what, Purpose purpose) implements GroupEffect {}

    /**
     * Write these to the log, all or none. Where that fails, the event has not happened: the group is as before, no
     * effect is run, and whoever asked is told the error.
     */
    record Append(List<GroupRecord> records) implements GroupEffect {
        public Append {
            records = List.copyOf(records);
        }
    }

    /** Find the topics that these regular expressions mean, aside; then tell the group. */
    record ResolveTopics(Set<String> regularExpressions) implements GroupEffect {
        public ResolveTopics {
            regularExpressions = Set.copyOf(regularExpressions);
        }
    }

    /** Say this of the group to whoever reads the broker's log. */
    record Tell(String what) implements GroupEffect {}

    /** The group is dead: drop it and all its deadlines. */
    record Forget() implements GroupEffect {}

    /** Why something is stored: comes back with what became of it. */
    interface Purpose {}
}
