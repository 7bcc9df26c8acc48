package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import io.strikemq.domain.topic.config.KafkaConfigTables.BrokerKey;
import io.strikemq.domain.topic.config.KafkaConfigTables.UpdateMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which configs of brokers can be altered, and to what, in Kafka's order and words (KIP-226). */
public final class BrokerConfigRules {
    private static final String LISTENER_PREFIX = "listener.name.";

    /** Kafka alters these for a listener only, since each may have keys of its own. */
    private static final Set<String> BY_LISTENER = Set.of(
            "ssl.keystore.type",
            "ssl.key.password",
            "ssl.keystore.key",
            "ssl.truststore.type",
            "ssl.keystore.location",
            "ssl.truststore.location",
            "ssl.truststore.certificates",
            "ssl.truststore.password",
            "ssl.keystore.password",
            "ssl.keystore.certificate.chain");

    /** Sockets stay where they were opened, so what Kafka would open anew here is as what it cannot alter. */
    private static final Set<String> SOCKETS = Set.of("listeners", "listener.security.protocol.map");

    private static final Pattern SHUT_OUT = Pattern.compile(":\\s*0\\s*(,|$)");

    private BrokerConfigRules() {}

    /**
     * Why a value cannot be served that Kafka accepts: it would keep somebody out, or not mean what it says. Empty when there
     * is nothing wrong.
     */
    public static Optional<String> refusal(String name, String value) {
        String text = value.strip();
        return switch (name) {
            case "max.connections.per.ip" ->
                reason(text.equals("0"), "connections are not counted by address, so nobody would be kept out");
            case "max.connections.per.ip.overrides" ->
                reason(
                        SHUT_OUT.matcher(text).find(),
                        "connections are not counted by address, so nobody would be kept out");
            case "config.providers" ->
                reason(!text.isEmpty(), "values that refer to a provider would be taken as they are");
            default -> Optional.empty();
        };
    }

    private static Optional<String> reason(boolean isWrong, String reason) {
        return isWrong ? Optional.of(reason) : Optional.empty();
    }

    /** Whether a config can be altered while brokers run; one that nobody knows is shown as if not. */
    public static boolean isAlterable(String name) {
        BrokerKey known = KafkaConfigTables.brokers().get(name);
        return known != null && known.mode() != UpdateMode.READ_ONLY && !SOCKETS.contains(name);
    }

    /** The config of this name, if it is a list. */
    public static Optional<ConfigKey> list(String name) {
        return Optional.ofNullable(KafkaConfigTables.brokers().get(name))
                .map(BrokerKey::key)
                .filter(key -> key.type() == Type.LIST);
    }

    /**
     * Refuses an operation that nobody knows, and to add items to what is no list, or to take some from it.
     *
     * @throws BrokerException INVALID_REQUEST and INVALID_CONFIG
     */
    public static void checkOperations(List<ConfigChange> changes) {
        for (ConfigChange change : changes) {
            if (!change.hasKnownOperation()) {
                throw new BrokerException(
                        ErrorCode.INVALID_REQUEST, "Unknown operations type " + change.operationCode());
            }
        }
        for (ConfigChange change : changes) {
            if (change.operation() == Operation.APPEND || change.operation() == Operation.SUBTRACT) {
                if (!KafkaConfigTables.brokers().containsKey(change.name())) {
                    throw new BrokerException(ErrorCode.INVALID_CONFIG, "Unknown config name: " + change.name());
                }
                list(change.name())
                        .orElseThrow(() -> new BrokerException(
                                ErrorCode.INVALID_CONFIG,
                                "Config value " + change.operation().name().toLowerCase(Locale.ROOT)
                                        + " is not allowed for config key: " + change.name()));
            }
        }
    }

    /**
     * Checks all that is altered of one broker, or of all ({@code isForAll}). What nobody knows passes: plugins have
     * configs of their own.
     *
     * @throws BrokerException INVALID_REQUEST
     */
    public static void check(Map<String, String> altered, boolean isForAll) {
        refuse(altered, name -> mode(name) == UpdateMode.READ_ONLY, "Cannot update these configs dynamically: ");
        refuse(
                altered,
                BY_LISTENER::contains,
                "These security configs can be dynamically updated only per-listener using the listener prefix: ");
        altered.forEach(BrokerConfigRules::checkValue);
        if (isForAll) {
            refuse(
                    altered,
                    name -> name.startsWith(LISTENER_PREFIX) || mode(name) == UpdateMode.PER_BROKER,
                    "Cannot update these configs at default cluster level, broker id must be specified: ");
        }
        refuse(altered, SOCKETS::contains, "Sockets stay as they were opened at the start: ");
        altered.forEach((name, value) -> refusal(name, value).ifPresent(reason -> {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, name + "=" + value + " cannot be served: " + reason + ".");
        }));
    }

    private static UpdateMode mode(String name) {
        BrokerKey known = KafkaConfigTables.brokers().get(name);
        return known == null ? UpdateMode.CLUSTER_WIDE : known.mode();
    }

    private static void checkValue(String name, String value) {
        BrokerKey known = KafkaConfigTables.brokers().get(name);
        if (known != null) {
            try {
                known.key().parse(value);
            } catch (BrokerException wrong) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, wrong.getMessage());
            }
        }
    }

    private static void refuse(Map<String, String> altered, Predicate<String> isWrong, String reason) {
        List<String> wrong = altered.keySet().stream().filter(isWrong).sorted().toList();
        if (!wrong.isEmpty()) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, reason + wrong);
        }
    }
}
