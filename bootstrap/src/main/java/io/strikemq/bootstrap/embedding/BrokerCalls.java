package io.strikemq.bootstrap.embedding;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Does what the embedder asks of a broker on threads that have nothing of the embedder's: a thread takes over the class
 * loader, the inheritable thread locals and the group of the one that makes it, and whatever is asked may make some. A
 * caller waits, so there are no more threads than callers.
 */
final class BrokerCalls implements AutoCloseable {
    private static final long IDLE_SECONDS = 1;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /** Calls for the broker whose log that is. */
    BrokerCalls(BrokerLog log) {
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(task, log));
    }

    private static Thread thread(Runnable task, BrokerLog log) {
        Runnable logged = () -> {
            log.adoptThread();
            task.run();
        };
        Thread thread = new Thread(outermostGroup(), logged, "strikemq-call", 0, false);
        thread.setContextClassLoader(BrokerCalls.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** A test runner may end all threads of its own group. */
    private static ThreadGroup outermostGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /**
     * Does the work and waits for its end, also when the caller is interrupted: the work may be at a file, which an interrupt
     * would close. What it throws is thrown here, with the caller's stack below its own.
     *
     * @throws IllegalStateException when the broker is closed
     */
    <T> T call(Callable<T> work) throws Exception {
        return result(new Call<>(work, false));
    }

    /** The same for work that only waits: it is interrupted when the caller is. */
    <T> T callInterruptibly(Callable<T> work) throws Exception {
        return result(new Call<>(work, true));
    }

    private <T> T result(Call<T> call) throws Exception {
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The broker is closed.", e);
        }
        return call.result();
    }

    /** Waits until the threads have ended; not for ever, since one of them may be who calls this, by way of a predicate. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Idle threads end without anybody who waits for them.
            Thread.currentThread().interrupt();
        }
    }

    /** One call; its fields are written before {@code done} is counted down, and read after. */
    private static final class Call<T> implements Runnable {
        private final Callable<T> work;
        private final boolean isInterruptible;
        private final CountDownLatch done = new CountDownLatch(1);
        // Both guarded by this.
        private Thread worker;
        private boolean callerWasInterrupted;
        private T result;
        private Throwable failure;

        Call(Callable<T> work, boolean isInterruptible) {
            this.work = work;
            this.isInterruptible = isInterruptible;
        }

        @Override
        public void run() {
            setWorker(Thread.currentThread());
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            }
            setWorker(null);
            // What came too late for the work is not for the next one.
            Thread.interrupted();
            done.countDown();
        }

        private synchronized void setWorker(Thread thread) {
            worker = thread;
            passInterruptOn();
        }

        private synchronized void interrupt() {
            callerWasInterrupted = true;
            passInterruptOn();
        }

        /** Now, or when there is somebody to be interrupted. */
        private void passInterruptOn() {
            if (callerWasInterrupted && isInterruptible && worker != null) {
                worker.interrupt();
            }
        }

        T result() throws Exception {
            awaitEnd();
            if (failure == null) {
                return result;
            }
            failure.setStackTrace(Stream.of(failure.getStackTrace(), new Throwable().getStackTrace())
                    .flatMap(Stream::of)
                    .toArray(StackTraceElement[]::new));
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }

        private void awaitEnd() {
            boolean interrupted = false;
            while (done.getCount() > 0) {
                try {
                    done.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                    interrupt();
                }
            }
            // Whoever can be interrupted says so by an exception, as usual.
            boolean isTold = failure instanceof InterruptedException;
            if (interrupted && !isTold) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
