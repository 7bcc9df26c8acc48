import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What the Java programs share: a verb and its options in, lines of JSON out (checks/conformance/README.md has the verbs). */
final class Verbs {
    static final ObjectMapper JSON = new ObjectMapper();

    private static volatile boolean stopped;
    private static List<JsonNode> records;

    private Verbs() {}

    interface Verb {
        void run(JsonNode options) throws Exception;
    }

    /** A client that lacks something. */
    static final class Lacking extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lacking(String what) {
            super(what);
        }
    }

    static void main(Map<String, Verb> verbs, String... arguments) throws Exception {
        leaveCleanlyOnSigterm();
        if (arguments[0].equals("serve")) {
            serve(verbs);
        } else {
            run(verbs, arguments[0], JSON.readTree(arguments[1]));
        }
        if (!stopped) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Runs verb after verb, as lines of standard input name them: {@code [verb, options, [record, …]]}. */
    private static void serve(Map<String, Verb> verbs) throws Exception {
        for (JsonNode asked : lines()) {
            records = new ArrayList<>();
            asked.get(2).forEach(records::add);
            run(verbs, asked.get(0).asText(), asked.get(1));
            emit("done", true);
        }
    }

    private static void run(Map<String, Verb> verbs, String name, JsonNode options) {
        try {
            Verb verb = verbs.get(name);
            if (verb == null) {
                throw new Lacking("the client has no " + name);
            }
            verb.run(options);
        } catch (Lacking lacking) {
            emit("na", lacking.getMessage());
        } catch (Exception | LinkageError problem) {
            emitError(problem);
        }
    }

    static void emitError(Throwable problem) {
        problem.printStackTrace();
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        emit("error", cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    /** SIGTERM asks a member to leave: main ends by itself, and then the process with code 0. */
    private static void leaveCleanlyOnSigterm() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped = true;
            try {
                main.join(15_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        }));
    }

    static boolean stopped() {
        return stopped;
    }

    static void emit(Object... namesAndValues) {
        ObjectNode line = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            line.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
        }
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /** The records that came with the verb: in the line that named it, or all of standard input. */
    static Iterable<JsonNode> records() {
        return records != null ? records : lines();
    }

    private static Iterable<JsonNode> lines() {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return in.lines().map(Verbs::parsed)::iterator;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    static byte[] decoded(JsonNode text) {
        return text == null || text.isNull() ? null : Base64.getDecoder().decode(text.asText());
    }

    static String encoded(byte[] data) {
        return data == null ? null : Base64.getEncoder().encodeToString(data);
    }
}
