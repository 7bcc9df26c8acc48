package io.strikemq.application;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks on the thread that hands them in, one after the other: those that a task hands in come after it. */
final class InOrder implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean runs;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (runs) {
            return;
        }
        runs = true;
        try {
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
        } finally {
            runs = false;
        }
    }
}
