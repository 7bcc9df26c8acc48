package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.adapter.kafka.KafkaApis;
import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.RequestPipeline;
import io.strikemq.adapter.kafka.listener.ConnectionLimits;
import io.strikemq.adapter.kafka.listener.KafkaServerSettings;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.KafkaServer;
import io.strikemq.bootstrap.assembly.Shutdown.Part;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Listener;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.domain.port.out.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The Kafka listeners and what they serve. */
final class KafkaModule {
    private KafkaModule() {}

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    /** Longer than this is for ever: a clock of nanoseconds does not go so far. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Requests on their way in may take this share of what the JVM may use at the most. */
    private static final int SHARE_OF_MEMORY = 2;

    static KafkaServerSettings settings(Configuration configuration) {
        int brokerId = configuration.get(Settings.BROKER_ID);
        List<ListenerSettings> listeners = configuration.listeners().stream()
                .map(listener -> settings(listener, brokerId))
                .toList();
        return new KafkaServerSettings(
                listeners, configuration.get(Settings.NUM_IO_THREADS), limits(configuration), CLOSE_GRACE);
    }

    private static ListenerSettings settings(Listener listener, int brokerId) {
        InetSocketAddress bind =
                new InetSocketAddress(listener.bind().host(), listener.bind().port());
        return new ListenerSettings(listener.bind().name(), brokerId, bind, listener.advertised());
    }

    private static ConnectionLimits limits(Configuration configuration) {
        long wanted = (long) configuration.get(Settings.MESSAGE_POOL_BLOCKS)
                * configuration.get(Settings.MESSAGE_POOL_BLOCK_SIZE);
        long possible = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
        Duration idle = configuration.get(Settings.CONNECTIONS_MAX_IDLE);
        return new ConnectionLimits(
                configuration.get(Settings.SOCKET_REQUEST_MAX_BYTES),
                Math.min(wanted, possible),
                configuration.get(Settings.MAX_CONNECTIONS),
                idle.isNegative() || idle.compareTo(LONGEST) > 0 ? Duration.ZERO : idle,
                ConnectionLimits.DEFAULT.unsentBytes(),
                ConnectionLimits.DEFAULT.totalUnsentBytes());
    }

    static ApiRegistry apis(InboundPorts ports, AdvertisedAddresses addresses) {
        return KafkaApis.on(ports, addresses);
    }

    static RequestPipeline pipeline(Shell shell, Clock machineClock, Shutdown shutdown) {
        return shutdown.closing(
                Part.KAFKA_REQUESTS,
                new RequestPipeline(
                        shell::apis, shell.workers, machineClock, shell.interceptors, shell.time.deadlines()));
    }

    static KafkaServer server(KafkaServerSettings settings, RequestPipeline pipeline, Clock clock) {
        return new KafkaServer(settings, pipeline, clock);
    }

    /** The server asks the APIs, and they ask the server where it listens: so they ask when they need to know. */
    static AdvertisedAddresses addresses(Supplier<KafkaServer> server) {
        return new AdvertisedAddresses(() -> server.get().listeners());
    }
}
