package io.strikemq.junit;

import org.junit.platform.commons.JUnitException;

/**
 * Whose turn it is among tests that must not see each other's records: one test at a time holds it, from its reset until
 * its clients are closed. Callable from any thread.
 */
final class Turn {
    private String holder;
    private Thread thread;
    private int holds;

    /**
     * Waits until no other test holds it. A test that uses several brokers may take it more than once.
     *
     * @param test by its unique id
     * @throws JUnitException when the current thread holds it for another test: it came here by helping out while that
     *     one waits, and would wait for itself
     */
    synchronized void take(String test) {
        while (holds > 0 && !test.equals(holder)) {
            if (Thread.currentThread() == thread) {
                throw new JUnitException(
                        "This test was begun by the thread of " + holder + " in the midst of it, and"
                                + " both are to have the broker for themselves. Use BrokerScope.METHOD, or resetBeforeEach = false.");
            }
            await();
        }
        holder = test;
        thread = Thread.currentThread();
        holds++;
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JUnitException("Interrupted while another test had the broker: " + holder, e);
        }
    }

    /** Lets the next one in. */
    synchronized void release() {
        holds--;
        notifyAll();
    }
}
