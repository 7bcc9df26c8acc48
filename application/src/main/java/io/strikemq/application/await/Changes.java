package io.strikemq.application.await;

import io.strikemq.domain.transaction.Transaction;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a broker tells that something of it has changed, after it did. Whoever tells asks one volatile number, and does
 * nothing else as long as nobody waits for that kind of change. Callable from any thread and under any lock.
 *
 * <p>Nothing is missed: who waits says so first and looks then, who changes something does it first and asks then.
 */
public final class Changes {
    /** What can change. */
    public enum Kind {
        /** What a partition's log holds, and how far it can be read. */
        RECORDS,
        /** A group, its members or its committed offsets. */
        GROUPS,
        /** Which topics there are, with how many partitions. */
        TOPICS,
        /** A transactional id. */
        TRANSACTIONS;

        private int bit() {
            return 1 << ordinal();
        }
    }

    /** Who waits. Its methods are quick, take no lock that is held around a change, and never throw. */
    interface Listener {
        /** Something has changed that somebody waits for. */
        void changed();

        /** What a transactional id is now, before it is something else. */
        void changed(Transaction transaction);
    }

    /** The kinds of change that somebody waits for, a bit each. */
    private volatile int wanted;

    private volatile Listener listener;

    /** Something of that kind has changed. */
    public void of(Kind kind) {
        if ((wanted & kind.bit()) != 0) {
            listener.changed();
        }
    }

    /** A transactional id has come to another state. */
    public void of(Transaction transaction) {
        if ((wanted & Kind.TRANSACTIONS.bit()) != 0) {
            listener.changed(transaction);
        }
    }

    /** From now on tells of these kinds. */
    void tell(Listener who, Set<Kind> kinds) {
        listener = who;
        wanted = EnumSet.copyOf(kinds).stream().mapToInt(Kind::bit).reduce(0, (all, bit) -> all | bit);
    }

    /** Nobody waits any more. */
    void tellNobody() {
        wanted = 0;
    }
}
