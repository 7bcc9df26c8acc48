package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.RequestPipeline;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.adapter.rest.BrokerFacts;
import io.strikemq.adapter.rest.RestApi;
import io.strikemq.application.await.AwaitedState;
import io.strikemq.application.group.FormerGroups;
import io.strikemq.application.journal.BrokerJournal;
import io.strikemq.application.snapshot.StateKeeping;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.system.BackgroundThread;
import io.strikemq.bootstrap.system.ClockDriver;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.time.ClockState.Mode;
import java.util.List;
import java.util.function.Supplier;

/**
 * What of a broker has nothing to do with topics, groups and records, and so outlives them: its settings, time and threads, the
 * Kafka server with its connections and its pipeline, and the storage that is open. All else is its {@link Core}, which
 * every request looks up once.
 */
final class Shell {
    final Configuration configuration;
    final ClockDriver time;
    final Clock clock;
    final Identifiers identifiers = SystemModule.identifiers();
    final CompressionCodecs codecs = SystemModule.codecs();
    final WorkerThreads workers;
    final BackgroundThread background;
    final StorageModule.Storage storage;
    /** Who wants to see the requests of Kafka clients. */
    final Interceptors interceptors = new Interceptors();
    /** What members of groups still believe that the cores before have told them. */
    final FormerGroups formerGroups = new FormerGroups();

    private final Supplier<BrokerFacts> facts;
    private final AdvertisedAddresses addresses;
    private final InjectFaults faults;
    private final AwaitedState waits;
    private final BrokerJournal journal;
    private final KafkaServer server;
    final Cores cores;
    private final StateKeeping states;

    /**
     * Opens storage, and a core upon it.
     *
     * @param machineClock the real time, by which connections live
     * @param facts what the REST API tells of the broker
     * @throws io.strikemq.domain.error.BrokerException when the directory or a setting does not allow it; what was made
     *     until then is closed by {@code shutdown}
     */
    Shell(
            Configuration configuration,
            Clock machineClock,
            Supplier<BrokerFacts> facts,
            EndpointsFile endpoints,
            Shutdown shutdown) {
        this.configuration = configuration;
        this.facts = facts;
        time = SystemModule.time(machineClock, shutdown);
        clock = time.clock();
        workers = SystemModule.workers(time, shutdown);
        background = SystemModule.background(time, shutdown);
        storage = StorageModule.storage(configuration, identifiers, clock, background, endpoints, shutdown);
        states = shutdown.closing(
                Part.STATES,
                new StateKeeping(
                        storage.states(), next -> cores().replace(next), () -> cores().current().cutting, background));
        addresses = KafkaModule.addresses(this::server);
        faults = PowersModule.faults(this);
        waits = AwaitModule.waits(() -> cores().current().checks, workers, machineClock, shutdown);
        journal = JournalModule.journal(configuration, interceptors, clock, machineClock, () -> apis().faultable());
        cores = shutdown.closing(Part.CORE, new Cores(this));
        cores.onReset(faults::removeAll);
        cores.onReset(this::resetClock);
        cores.onReset(journal::clear);
        RequestPipeline pipeline = KafkaModule.pipeline(this, machineClock, shutdown);
        cores.onReset(pipeline::letGo);
        server = KafkaModule.server(KafkaModule.settings(configuration), pipeline, machineClock);
    }

    /** A clock that nobody has driven need not wait for anything. */
    private void resetClock() {
        if (time.state().mode() != Mode.REAL) {
            time.reset();
        }
    }

    /** What a test may do to the broker. */
    Powers powers() {
        return PowersModule.powers(faults, time, waits, journal, states, () -> cores.current().powers);
    }

    /** What the REST API tells of the broker. */
    Supplier<BrokerFacts> facts() {
        return facts;
    }

    private Cores cores() {
        return cores;
    }

    /** What clients are told to connect to. */
    AdvertisedAddresses addresses() {
        return addresses;
    }

    /** The Kafka listeners. */
    KafkaServer server() {
        return server;
    }

    /** Who waits for the broker's state. */
    AwaitedState waits() {
        return waits;
    }

    /** What the broker remembers. */
    BrokerJournal journal() {
        return journal;
    }

    /** The Kafka APIs that are served now. */
    ApiRegistry apis() {
        return cores.current().apis;
    }

    /** Creates topics in the core of the moment. */
    CreateTopics createTopics() {
        return (context, topics, mode) ->
                cores.current().ports.topics().create().create(context, topics, mode);
    }

    /** What the REST server answers now. */
    List<RestApi> restApis() {
        return cores.current().restApis;
    }
}
