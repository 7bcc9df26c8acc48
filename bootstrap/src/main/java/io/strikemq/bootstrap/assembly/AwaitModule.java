package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.application.await.AwaitedState;
import io.strikemq.application.await.Changes;
import io.strikemq.application.await.Changes.Kind;
import io.strikemq.application.await.Checks;
import io.strikemq.application.await.SeenGroups;
import io.strikemq.application.transaction.TransactionWatch;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.port.out.Clock;
import java.util.function.Supplier;

/** Who waits for the broker's state. */
final class AwaitModule {
    private AwaitModule() {}

    /** Waits in real time, whatever the broker's clock says. {@code checks}: the current core's. */
    static AwaitedState waits(Supplier<Checks> checks, WorkerThreads workers, Clock realTime, Shutdown shutdown) {
        return shutdown.closing(Part.WAITS, new AwaitedState(checks, workers, realTime));
    }

    static Checks checks(Basis basis, InboundPorts ports) {
        return new Checks(
                basis.registry,
                basis.partitions,
                basis.reader,
                new SeenGroups(ports.groups().inspect(), ports.groups().commitOffsets()),
                ports.transactions().inspect());
    }

    /** From now on whoever waits is told what changes in this core, and sent away when it closes. */
    static void follow(Core core, AwaitedState waits, Shutdown ofTheCore) {
        Changes changes = waits.changes();
        core.basis.partitions.onAppend(() -> changes.of(Kind.RECORDS));
        core.basis.partitions.onStartMoved(() -> changes.of(Kind.RECORDS));
        core.basis.registry.onChange(() -> changes.of(Kind.TOPICS));
        core.coordinators.groups.onChange(() -> changes.of(Kind.GROUPS));
        TransactionWatch story = JournalModule.transactions(core.basis.events);
        core.coordinators.transactions.watchedBy((before, event, after) -> {
            story.stored(before, event, after);
            changes.of(after);
        });
        ofTheCore.closing(Part.WAITS, () -> waits.sendAway(core.checks));
    }
}
