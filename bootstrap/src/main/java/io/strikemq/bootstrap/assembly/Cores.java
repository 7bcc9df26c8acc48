package io.strikemq.bootstrap.assembly;

import io.strikemq.domain.port.out.StorageStates.NextState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The core that is served, and how another takes its place: a request that comes meanwhile is answered by either of them, or is
 * told by the old one to try again.
 */
final class Cores implements AutoCloseable {
    private final Shell shell;
    // Guarded by this.
    private final List<Runnable> resets = new ArrayList<>();
    private Consumer<Core> onCore = core -> {};
    private volatile Core current;

    /** Opens the first one. */
    Cores(Shell shell) {
        this.shell = shell;
        this.current = Core.open(shell);
    }

    /** The core that is served now; one volatile read. */
    Core current() {
        return current;
    }

    /** Who is told of the core that is served, and of each that takes its place, before it is asked anything. */
    synchronized void onCore(Consumer<Core> listener) {
        onCore = listener;
        listener.accept(current);
    }

    /** What of the shell has to be as new as the core then: run whenever a core is replaced, between the old one and the new. */
    synchronized void onReset(Runnable reset) {
        resets.add(reset);
    }

    /**
     * Puts this state into storage, and a core upon it in the place of the one that is served; whoever waits in that one is
     * answered.
     *
     * @throws io.strikemq.domain.error.BrokerException when storage does not take the state: then there is a core again upon
     *     what it had before
     */
    synchronized void replace(NextState next) {
        current.abandon();
        try {
            next.install();
        } catch (RuntimeException | Error e) {
            succeed(Core.open(shell));
            throw e;
        }
        resets.forEach(Runnable::run);
        Core core = Core.open(shell);
        core.coordinators.groups.expelAll();
        succeed(core);
    }

    private void succeed(Core core) {
        Core old = current;
        onCore.accept(core);
        current = core;
        old.close();
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
