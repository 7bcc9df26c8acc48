package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.net.Responder;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a fault makes wait: at most one thing for each connection. It goes on when its time has come by the broker's clock, or when the
 * broker stops, and is dropped when its client goes away. Thread-safe.
 */
final class HeldAnswers implements AutoCloseable {
    private final Deadlines deadlines;
    private final Set<Held> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger timesLetGo = new AtomicInteger();
    private volatile boolean isClosed;

    HeldAnswers(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /**
     * Lets something wait, before the outcome of its request.
     *
     * @param since   what {@link #timesLetGo} was before the fault was decided on: what has been let go since then does not wait
     * @param then    runs when the time has come, on a thread of the timer
     * @param dropped runs instead, when the client is gone
     */
    void hold(Duration time, int since, Responder responder, Runnable then, Runnable dropped) {
        Held held = new Held(then, dropped);
        all.add(held);
        held.deadline = deadlines.schedule(time, held::goOn);
        responder.later(() -> responder.park(held::drop));
        if (isClosed) {
            held.drop();
        } else if (timesLetGo.get() != since) {
            held.goOnAtOnce();
        }
    }

    /** Whatever waits now goes on at once. */
    void letGo() {
        timesLetGo.incrementAndGet();
        List.copyOf(all).forEach(Held::goOnAtOnce);
    }

    /** Grows with each {@link #letGo}: what waits several times learns that it is not to wait again. */
    int timesLetGo() {
        return timesLetGo.get();
    }

    /** Nothing waits any more. */
    @Override
    public void close() {
        isClosed = true;
        letGo();
    }

    private final class Held {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Runnable then;
        private final Runnable dropped;
        private volatile Deadline deadline;

        Held(Runnable then, Runnable dropped) {
            this.then = then;
            this.dropped = dropped;
        }

        void goOn() {
            if (isOver.compareAndSet(false, true)) {
                all.remove(this);
                then.run();
            }
        }

        /** The deadline may be a day away, and would keep the answer until then. */
        void goOnAtOnce() {
            cancelDeadline();
            goOn();
        }

        void drop() {
            if (isOver.compareAndSet(false, true)) {
                all.remove(this);
                cancelDeadline();
                dropped.run();
            }
        }

        private void cancelDeadline() {
            Deadline unmet = deadline;
            if (unmet != null) {
                unmet.cancel();
            }
        }
    }
}
