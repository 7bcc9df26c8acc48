package io.strikemq.bootstrap.config;

import static java.util.stream.Collectors.joining;

import io.strikemq.adapter.kafka.listener.Advertised;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code listeners}, {@code bind_address}, {@code port} and all that is said about advertising come to together,
 * with Kafka's checks of them. What Kafka would open with another protocol is refused: plain text in its place would let
 * in whoever should have been kept out.
 */
final class Listeners {
    /** Kafka's security protocols. */
    static final Set<String> PROTOCOLS = new TreeSet<>(List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"));

    private static final String PLAINTEXT = "PLAINTEXT";
    private static final String EVERYWHERE = "0.0.0.0";

    private final GivenSettings given;
    private final List<String> problems;
    private final List<String> notices;

    Listeners(GivenSettings given, List<String> problems, List<String> notices) {
        this.given = given;
        this.problems = problems;
        this.notices = notices;
    }

    /** The listeners to open, in the order in which they were given; what is wrong about them is added to the problems. */
    List<Listener> resolve() {
        List<ListenerAddress> bound = bound();
        checkNames(Settings.LISTENERS, given.get(Settings.LISTENERS));
        checkPorts(given.get(Settings.LISTENERS));
        bound.forEach(this::checkProtocol);
        Map<String, Advertised> advertised = advertised(bound);
        given.get(Settings.ADVERTISED_HOST).ifPresent(host -> checkReachable(Settings.ADVERTISED_HOST, host));
        checkInterBroker(advertised.keySet());
        return bound.stream()
                .map(listener ->
                        new Listener(listener, advertised.getOrDefault(listener.name(), new Advertised.Nowhere())))
                .toList();
    }

    private List<ListenerAddress> bound() {
        List<ListenerAddress> listeners = given.get(Settings.LISTENERS);
        if (!given.isSet(Settings.LISTENERS)) {
            int port = given.get(Settings.PORT);
            return given.get(Settings.BIND_ADDRESS).stream()
                    .map(host -> new ListenerAddress(PLAINTEXT, host, port))
                    .toList();
        }
        List<ListenerAddress> forClients = withoutControllers(listeners);
        listeners.stream()
                .filter(listener -> !forClients.contains(listener))
                .forEach(listener -> notices.add("Listener " + listener
                        + " is for a controller quorum, which one broker does without: it is not opened."));
        if (forClients.isEmpty()) {
            problems.add("Setting " + given.described(Settings.LISTENERS)
                    + " but must have a listener for clients, which none of controller_listener_names is.");
        }
        boolean isOne = forClients.size() == 1;
        Optional<List<String>> hosts = replacing(Settings.BIND_ADDRESS, Settings.LISTENERS, isOne);
        Optional<Integer> port = replacing(Settings.PORT, Settings.LISTENERS, isOne);
        return forClients.stream()
                .flatMap(listener ->
                        hosts.orElse(List.of(listener.host().isEmpty() ? EVERYWHERE : listener.host())).stream()
                                .map(host -> new ListenerAddress(listener.name(), host, port.orElse(listener.port()))))
                .toList();
    }

    private List<ListenerAddress> withoutControllers(List<ListenerAddress> listeners) {
        Set<String> controllers = given.get(Settings.CONTROLLER_LISTENERS).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return listeners.stream()
                .filter(listener -> !controllers.contains(listener.name()))
                .toList();
    }

    /**
     * The value of a setting that says part of what {@code whole} says too, where it comes from a later source.
     *
     * @param isClear whether there is only one thing that it can be about
     */
    private <T> Optional<T> replacing(Setting<T> part, Setting<?> whole, boolean isClear) {
        int order = given.source(part).compareTo(given.source(whole));
        if (order < 0 || !given.isSet(part)) {
            return Optional.empty();
        }
        if (order == 0) {
            problems.add("Settings " + given.named(part) + " and " + given.named(whole)
                    + " are about the same, so only one of them can be set.");
        } else if (!isClear) {
            problems.add("Setting " + given.named(part) + " is not clear, since " + given.named(whole)
                    + " has several listeners: set that again.");
        }
        return Optional.of(given.get(part));
    }

    private void checkNames(Setting<List<ListenerAddress>> setting, List<ListenerAddress> listeners) {
        Set<String> names = new HashSet<>();
        if (!listeners.stream().allMatch(listener -> names.add(listener.name()))) {
            problems.add("Setting " + given.described(setting) + " but must have a different name for each listener.");
        }
    }

    /** As Kafka: two may share a port when one has an IPv4 address and the other an IPv6 address. */
    private void checkPorts(List<ListenerAddress> listeners) {
        Map<Integer, List<ListenerAddress>> byPort = listeners.stream()
                .filter(listener -> listener.port() != 0)
                .collect(Collectors.groupingBy(ListenerAddress::port));
        byPort.forEach((port, sharing) -> {
            long sixes = sharing.stream()
                    .filter(listener -> listener.host().contains(":"))
                    .count();
            long fours = sharing.stream()
                    .filter(listener -> listener.host().matches("\\d+(\\.\\d+){3}"))
                    .count();
            boolean isEachAFamily = sharing.size() == 2 && sixes == 1 && fours == 1;
            if (sharing.size() > 1 && !isEachAFamily) {
                problems.add(
                        "Setting " + given.described(Settings.LISTENERS) + " but must have a different port for each"
                                + " listener, unless one has an IPv4 address and the other an IPv6 address.");
            }
        });
    }

    private void checkProtocol(ListenerAddress listener) {
        String protocol = given.get(Settings.LISTENER_SECURITY_PROTOCOLS).get(listener.name());
        if (protocol == null) {
            problems.add("Listener " + listener + " has no security protocol: listener_security_protocol_map must have "
                    + listener.name() + ":PLAINTEXT.");
        } else if (!protocol.equals(PLAINTEXT)) {
            problems.add(
                    "Listener " + listener + " asks for " + protocol + ", which is not there yet: only PLAINTEXT can be"
                            + " served, by which anybody can read and write everything.");
        }
    }

    /** Where clients are told to connect to, by the names of listeners; those that are not advertised are not in it. */
    private Map<String, Advertised> advertised(List<ListenerAddress> bound) {
        if (!given.isSet(Settings.ADVERTISED_LISTENERS)) {
            return advertisedAlike(bound);
        }
        List<ListenerAddress> listeners = withoutControllers(given.get(Settings.ADVERTISED_LISTENERS));
        checkAdvertised(listeners, bound);
        boolean isOne = listeners.size() == 1;
        Optional<String> host = replacing(Settings.ADVERTISED_HOST, Settings.ADVERTISED_LISTENERS, isOne)
                .flatMap(value -> value);
        Optional<Integer> port = replacing(Settings.ADVERTISED_PORT, Settings.ADVERTISED_LISTENERS, isOne)
                .flatMap(value -> value);
        return listeners.stream()
                .collect(Collectors.toMap(
                        ListenerAddress::name,
                        listener -> new Advertised.Address(
                                host.orElse(listener.host().isEmpty() ? null : listener.host()),
                                port.orElse(listener.port())),
                        (one, repeated) -> one));
    }

    /** Without a word about each listener: on the host and port that are set for all, or as clients reach them. */
    private Map<String, Advertised> advertisedAlike(List<ListenerAddress> bound) {
        Optional<Integer> port = given.get(Settings.ADVERTISED_PORT);
        Advertised all =
                new Advertised.Address(given.get(Settings.ADVERTISED_HOST).orElse(null), port.orElse(0));
        Map<String, Advertised> advertised = new TreeMap<>();
        bound.forEach(listener -> advertised.put(listener.name(), all));
        if (port.isPresent() && advertised.size() > 1) {
            problems.add("Setting " + given.named(Settings.ADVERTISED_PORT)
                    + " is not clear, since there are several listeners: set advertised_listeners.");
        }
        return advertised;
    }

    private void checkAdvertised(List<ListenerAddress> listeners, List<ListenerAddress> bound) {
        String described = "Setting " + given.described(Settings.ADVERTISED_LISTENERS);
        if (listeners.isEmpty()) {
            problems.add(described + " but must have a listener for clients.");
        }
        checkNames(Settings.ADVERTISED_LISTENERS, listeners);
        Set<String> names = bound.stream().map(ListenerAddress::name).collect(Collectors.toCollection(TreeSet::new));
        for (ListenerAddress listener : listeners) {
            checkReachable(Settings.ADVERTISED_LISTENERS, listener.host());
            if (!names.contains(listener.name())) {
                problems.add(
                        described + " but must have names of listeners only, which " + listener.name() + " is not.");
            }
        }
        listeners.forEach(listener -> names.remove(listener.name()));
        names.forEach(name -> notices.add("Listener " + name
                + " is not among the advertised ones: as in Kafka, clients that come by it are told of no broker."));
    }

    private void checkReachable(Setting<?> setting, String host) {
        if (host.equals(EVERYWHERE) || host.equals("::")) {
            problems.add("Setting " + given.described(setting) + " but must not have " + host
                    + ": no client can connect to it. Use an address or a name of this machine.");
        }
    }

    private void checkInterBroker(Set<String> advertised) {
        String name =
                given.get(Settings.INTER_BROKER_LISTENER).orElse(PLAINTEXT).toUpperCase(Locale.ROOT);
        if (!advertised.isEmpty() && !advertised.contains(name)) {
            problems.add("Setting 'inter_broker_listener_name' is '" + name
                    + "' but must be, as Kafka wants it, a listener that is advertised: "
                    + advertised.stream().sorted().collect(joining(", ")) + ".");
        }
    }
}
