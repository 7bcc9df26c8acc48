package io.strikemq.adapter.kafka.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** One request that is being worked on. Its outcome may come from any thread and reaches the connection on its loop. */
final class Exchange implements Responder {
    private final Connection connection;
    private final EventLoop loop;
    private final AtomicBoolean settled = new AtomicBoolean();
    /** What to do when the client goes away; null unless parked. Belongs to the loop, like the connection. */
    private Runnable cancellation;
    /** Gives back to the budget, with the outcome; null when there is nothing. */
    private volatile Runnable giveBack;

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
    public void hangUp() {
        settle();
        deliver(() -> connection.cut(this, () -> {}));
    }

    @Override
    public void reset() {
        settle();
        deliver(() -> connection.cut(this, connection::resetAtClose));
    }

    @Override
    public void withhold() {
        settle();
        deliver(() -> connection.withheld(this));
    }

    @Override
    public void sendPart(Response part) {
        deliver(() -> connection.partlyAnswered(this, part));
    }

    @Override
    public void later(Runnable action) {
        loop.post(() -> connection.goOn(this, action));
    }

    @Override
    public void holds(long bytes) {
        int held = (int) Math.min(Integer.MAX_VALUE, bytes);
        MemoryShare share = loop.budget().shareOf(held);
        share.take(held);
        Runnable before = giveBack;
        giveBack = () -> {
            share.give(held);
            if (before != null) {
                before.run();
            }
        };
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
        Runnable held = giveBack;
        if (held != null) {
            held.run();
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
