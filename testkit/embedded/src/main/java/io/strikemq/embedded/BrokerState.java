package io.strikemq.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a broker saw, as text that is printed below a failure. Not thrown by anybody, so it has no stack; an exception
 * since only that is printed with another one by whatever prints it.
 */
final class BrokerState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Enough to see what led to a failure, and little enough that the failure is not lost among it. */
    private static final int MOST_LINES = 40;

    private static final int MOST_GROUPS = 20;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Pattern GROUP_ID = Pattern.compile("\"group_id\":\"([^\"\\\\]+)\"");

    private BrokerState(String text) {
        super(text, null, false, false);
    }

    /** The state of the broker, which may be closed already. */
    static BrokerState of(StrikeMQ broker) {
        StringBuilder text = new StringBuilder("the broker at " + broker.bootstrapServers());
        append(text, "groups", groups(broker));
        List<String> log = broker.log();
        append(text, "last lines of its log", log.subList(Math.max(0, log.size() - MOST_LINES), log.size()));
        return new BrokerState(text.toString());
    }

    private static void append(StringBuilder text, String title, List<String> lines) {
        text.append("\n  ").append(title).append(lines.isEmpty() ? ": none" : ":");
        lines.forEach(line -> text.append("\n    ").append(line));
    }

    /** The groups as the REST API shows them: members, assignments, committed offsets and lag. */
    private static List<String> groups(StrikeMQ broker) {
        try {
            String url = broker.httpUrl() + "/v1/groups";
            List<String> groups = new ArrayList<>();
            Matcher id = GROUP_ID.matcher(get(url));
            while (id.find() && groups.size() < MOST_GROUPS) {
                groups.add(get(url + "/"
                        + URLEncoder.encode(id.group(1), StandardCharsets.UTF_8).replace("+", "%20")));
            }
            return groups;
        } catch (IOException | IllegalStateException e) {
            return List.of("cannot be told: " + e.getMessage());
        }
    }

    private static String get(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    /** Without the name of a class that says nothing to who reads it. */
    @Override
    public String toString() {
        return "StrikeMQ: " + getMessage();
    }
}
