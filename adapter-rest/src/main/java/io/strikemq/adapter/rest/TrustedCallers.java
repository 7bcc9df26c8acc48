package io.strikemq.adapter.rest;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Keeps web pages out. The API has no password, so any page that a developer's browser shows could call it.
 *
 * <p>A browser says in {@code Origin} which page calls: those of other origins are refused. A page may also give its own
 * host name the broker's address, to appear to be of the same origin (DNS rebinding); then {@code Host} has a name that
 * is not the broker's. What no attacker can give an address to is trusted: addresses themselves, {@code localhost},
 * this machine's own names, and what a setting allows. Programs that are no browsers send no {@code Origin}, and an
 * HTTP/1.0 request no {@code Host}, which no browser does.
 */
public final class TrustedCallers {
    /** In either list: no check. */
    private static final String ANY = "*";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final List<String> hosts;
    private final List<String> origins;
    private final Supplier<? extends Collection<String>> ownNames;
    /** Null until somebody calls by a name that is none of the others. */
    private volatile List<String> knownOwnNames;

    /**
     * Trusts what is listed beside what is always trusted.
     *
     * @param hosts    names by which the broker may be called, without ports; {@code *} for all
     * @param origins  whose pages may call, as {@code http://localhost:3000}; {@code *} for all
     * @param ownNames this machine's names; asked for once, when a name is none of the others
     */
    public TrustedCallers(
            Collection<String> hosts, Collection<String> origins, Supplier<? extends Collection<String>> ownNames) {
        this.hosts = hosts.stream().map(TrustedCallers::normal).toList();
        this.origins = origins.stream().map(TrustedCallers::lower).toList();
        this.ownNames = ownNames;
    }

    /** Why a request to this host is refused; empty when it is not. A host may have a port; null for none. */
    Optional<String> refusalOfHost(String host) {
        if (host == null || isTrusted(withoutPort(host))) {
            return Optional.empty();
        }
        return Optional.of("'" + withoutPort(host) + "' is not known as a name of this broker, so a web page may have"
                + " made it up; http_allowed_hosts lists the names that are allowed");
    }

    /** Why a page of this origin is refused; empty when it is not. The host is the one that it calls. */
    Optional<String> refusalOfOrigin(String origin, String host) {
        if (origin == null || isAllowed(origin) || isSame(origin, host)) {
            return Optional.empty();
        }
        return Optional.of("web pages of '" + origin + "' may not call this broker; http_allowed_origins lists those"
                + " that may");
    }

    /** Whether a setting lets pages of this origin call, so that their browser has to be told. */
    boolean isAllowed(String origin) {
        return origin != null && (origins.contains(ANY) || origins.contains(lower(origin)));
    }

    private boolean isTrusted(String host) {
        String name = normal(host);
        return name.isEmpty()
                || name.indexOf(':') >= 0
                || IPV4.matcher(name).matches()
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || hosts.contains(name)
                || hosts.contains(ANY)
                || ownNames().contains(name);
    }

    private List<String> ownNames() {
        List<String> known = knownOwnNames;
        if (known == null) {
            known = ownNames.get().stream().map(TrustedCallers::normal).toList();
            knownOwnNames = known;
        }
        return known;
    }

    private static boolean isSame(String origin, String host) {
        return host != null && lower(origin).equals("http://" + lower(host));
    }

    /** No name has a colon; what has several is an IPv6 address, with brackets around it where a port follows. */
    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        boolean isName = colon == host.lastIndexOf(':');
        return colon >= 0 && isName ? host.substring(0, colon) : host;
    }

    /** Names are the same in upper case, and with the dot that ends a full name. */
    private static String normal(String name) {
        String lower = lower(name);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
