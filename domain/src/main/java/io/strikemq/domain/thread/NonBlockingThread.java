package io.strikemq.domain.thread;

/**
 * A thread that serves many at once, such as an event loop or the timer: as long as it waits, all of them do. It
 * appends to open logs and reads them; whatever else touches files is done by others. Who touches files asserts that
 * {@link #mayWait()}, so that every test run watches.
 */
public final class NonBlockingThread extends Thread {
    /** A thread of that name that runs {@code work} once it is started. */
    public NonBlockingThread(Runnable work, String name) {
        super(work, name);
    }

    /** Whether the current thread may wait for a disk, or for somebody who does. */
    public static boolean mayWait() {
        return !(Thread.currentThread() instanceof NonBlockingThread);
    }
}
