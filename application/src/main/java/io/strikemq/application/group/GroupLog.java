package io.strikemq.application.group;

import io.strikemq.domain.group.log.GroupRecord;
import java.util.List;

/**
 * Where groups and their offsets survive. Callable from any thread.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException}, by the codes of an append to a partition.
 */
public interface GroupLog {
    /** Whether there is a log: then {@link #append} touches no other file, and {@link #prepare} has nothing to do. */
    boolean isPrepared();

    /**
     * Makes sure that there is a log. It may create a topic: not to be called with a group's lock held, nor on a thread
     * that must not wait.
     */
    void prepare();

    /** Appends all of the records or none; they are all of one group. When the call returned, they survive. */
    void append(List<GroupRecord> records);

    /**
     * Shows all records, those of one group in the order in which they were appended. Whatever the log holds, this
     * returns: what cannot be read is skipped, and the visitor is told of each piece.
     */
    void replay(Visitor visitor);

    /** Who is shown what the log holds. */
    interface Visitor {
        /** A record, as it was appended. */
        void found(GroupRecord groupRecord);

        /** Something cannot be read: which record, batch or partition, and why. */
        void skipped(String what, String why);
    }
}
