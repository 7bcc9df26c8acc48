package io.strikemq.adapter.rest;

/**
 * Bounds the memory that the bodies and answers of all calls take together. Thread-safe.
 *
 * <p>A last part is kept for small calls, so that slow large ones never shut out those who only ask something.
 */
final class MemoryBudget {
    /** A call that takes no more than this is small. */
    static final int SMALL = 64 << 10;

    private static final int PART_FOR_SMALL = 8;

    private final long limit;
    private long used;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** What one call takes; nothing at first. */
    Share share() {
        return new Share();
    }

    synchronized long used() {
        return used;
    }

    private long limitFor(long callBytes) {
        return callBytes <= SMALL ? limit : limit - limit / PART_FOR_SMALL;
    }

    private synchronized void take(long bytes, long callBytes) {
        long available = limitFor(callBytes);
        if (callBytes > available) {
            throw new Refusal(
                    413,
                    "the call needs " + callBytes + " bytes of memory or more, of the " + available
                            + " that the REST API may take; a Kafka client does without");
        }
        if (used + bytes > available) {
            throw new Refusal(
                    503, "other calls have taken the memory that the REST API may take; try again in a moment");
        }
        used += bytes;
    }

    private synchronized void give(long bytes) {
        used -= bytes;
    }

    /** The memory of one call. Thread-safe; once closed, it takes no more. */
    final class Share implements AutoCloseable {
        private long held;
        private boolean closed;

        private Share() {}

        /**
         * Counts memory that is about to be taken.
         *
         * @throws Refusal 413 when there will never be as much, 503 when others have it
         */
        synchronized void take(long bytes) {
            if (closed) {
                throw new Refusal(503, "the call is over");
            }
            MemoryBudget.this.take(bytes, held + bytes);
            held += bytes;
        }

        /** Counts memory as free again. */
        synchronized void give(long bytes) {
            if (!closed) {
                MemoryBudget.this.give(bytes);
                held -= bytes;
            }
        }

        /** Gives back all that is left. Idempotent. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                MemoryBudget.this.give(held);
            }
        }
    }
}
