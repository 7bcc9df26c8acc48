package io.strikemq.adapter.kafka.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** One request that is being worked on. Its outcome may come from any thread and reaches the connection on its loop. */
final class Exchange implements Responder {
    private final Connection connection;
    private final EventLoop loop;
    private final AtomicBoolean settled = new AtomicBoolean();
    /** What to do when the client goes away; null unless parked. Belongs to the loop, like the connection. */
    private Runnable cancellation;
    /** How much of the budget is given back with the outcome. */
    private volatile int held;

    Exchange(Connection connection, EventLoop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    @Override
    public void send(Response response) {
        if (!settled.compareAndSet(false, true)) {
            response.release().run();
            throw new IllegalStateException("a request was answered twice");
        }
        giveBack();
        boolean taken = deliver(() -> connection.answered(this, response));
        if (!taken) {
            response.release().run();
        }
    }

    @Override
    public void none() {
        settle();
        deliver(() -> connection.unanswered(this));
    }

    @Override
    public void close(String reason) {
        settle();
        deliver(() -> connection.refused(this, reason));
    }

    @Override
    public void holds(long bytes) {
        held = (int) Math.min(Integer.MAX_VALUE, bytes);
        loop.budget().shareOf(held).take(held);
    }

    @Override
    public void park(Runnable action) {
        assert loop.isCurrent() : "requests are parked on the loop of their connection";
        cancellation = action;
    }

    boolean isParked() {
        return cancellation != null;
    }

    /** Tells whoever works on a parked request that nobody waits any more. */
    void cancel() {
        Runnable action = cancellation;
        cancellation = null;
        if (action != null && !settled.get()) {
            action.run();
        }
    }

    private void settle() {
        if (!settled.compareAndSet(false, true)) {
            throw new IllegalStateException("a request was answered twice");
        }
        giveBack();
    }

    private void giveBack() {
        if (held > 0) {
            loop.budget().shareOf(held).give(held);
        }
    }

    /** An outcome during the handling call goes straight to the connection; every other one waits for its turn. */
    private boolean deliver(Runnable outcome) {
        if (loop.isCurrent() && connection.isHandling(this)) {
            outcome.run();
            return true;
        }
        return loop.post(outcome);
    }
}
