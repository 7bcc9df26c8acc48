package io.strikemq.bootstrap.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of Kafka's {@code listeners} or {@code advertised.listeners}.
 *
 * @param name the listener's name, in upper case, as Kafka makes it
 * @param host a name or an address, without brackets; empty where none was given
 * @param port 0 for any free one
 */
public record ListenerAddress(String name, String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "(?<name>[A-Za-z0-9_.-]+)://(\\[(?<address>[0-9a-zA-Z:.%]*)]|(?<host>[0-9a-zA-Z._-]*)):(?<port>\\d{1,5})");
    private static final int LARGEST_PORT = 65_535;

    /** Reads {@code NAME://host:port}; IllegalArgumentException for anything else. */
    static ListenerAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : -1;
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(text);
        }
        String address = matcher.group("address");
        String host = address == null ? matcher.group("host") : address;
        return new ListenerAddress(matcher.group("name").toUpperCase(Locale.ROOT), host, port);
    }

    /** Host and port, an IPv6 address in brackets. */
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** As it is written in a file. */
    @Override
    public String toString() {
        return name + "://" + authority();
    }
}
