package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.storage.memory.HeapBrokerStore;
import io.strikemq.adapter.storage.memory.HeapStates;
import io.strikemq.adapter.storage.mmap.DataDirectory;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.StorageStates;
import java.util.Optional;

/** Where records and topics live: files, or the heap. */
final class StorageModule {
    private StorageModule() {}

    /** The outbound ports of storage, from one adapter: what outlives all topics, and what has them. */
    record Storage(BrokerStore store, StorageStates states) {}

    static Storage storage(
            Configuration configuration,
            Identifiers identifiers,
            Clock clock,
            BackgroundThread background,
            EndpointsFile endpoints,
            Shutdown shutdown) {
        if (isMemory(configuration)) {
            endpoints.removeStale();
            return new Storage(new HeapBrokerStore(identifiers), new HeapStates(clock));
        }
        DataDirectory directory = shutdown.closing(
                Part.DATA_DIRECTORY,
                DataDirectory.open(
                        configuration.get(Settings.LOG_DIR), identifiers, background, endpoints::removeStale));
        return new Storage(directory.store(), directory.states());
    }

    private static boolean isMemory(Configuration configuration) {
        return configuration.get(Settings.STORAGE).equals("memory");
    }

    /** A broker that keeps nothing on disk writes only where it was told to. */
    static EndpointsFile endpoints(Configuration configuration) {
        boolean isWritten = !isMemory(configuration) || configuration.isSet(Settings.LOG_DIR);
        return new EndpointsFile(isWritten ? Optional.of(configuration.get(Settings.LOG_DIR)) : Optional.empty());
    }
}
