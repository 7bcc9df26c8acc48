import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs Kafka's command line tools against two brokers and compares what they print: {@code BesideKafka COMMANDS KAFKA
 * OURS [PATTERN]}. The last line is the verdict; before it comes each difference that the file of commands does not allow.
 */
public final class BesideKafka {
    private static final Map<String, String> TOOLS = Map.of(
            "kafka-topics", "org.apache.kafka.tools.TopicCommand",
            "kafka-configs", "kafka.admin.ConfigCommand",
            "kafka-groups", "org.apache.kafka.tools.GroupsCommand",
            "kafka-consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
            "kafka-features", "org.apache.kafka.tools.FeatureCommand",
            "kafka-leader-election", "org.apache.kafka.tools.LeaderElectionCommand",
            "kafka-metadata-quorum", "org.apache.kafka.tools.MetadataQuorumCommand",
            "kafka-transactions", "org.apache.kafka.tools.TransactionsCommand",
            "kafka-reassign-partitions", "org.apache.kafka.tools.reassign.ReassignPartitionsCommand");

    /** What two brokers never have in common: ids that are made up, ports, folders, times, how far their metadata is. In this order. */
    private static final List<Mask> MASKS = List.of(
            // A member of a classic group is called by its client and an id; tools fill columns up with spaces.
            new Mask("-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "-<id>"),
            // Ids are 22 characters of base64. One of forty has no digit, but then capitals, which no config's name has.
            new Mask("(?<![\\w-])(?!A{22})(?=[\\w-]+[\\dA-Z])[\\w-]{22}(?![\\w-])", "<id>"),
            // The end of the metadata's log stands behind a node and the id of its directory, of which it has none or one.
            new Mask("(?<=^\\d{1,9} {0,9}\t(?:<id>|A{22}) {0,9}\t)\\d+ *", "<n>"),
            new Mask("Epoch: \\d+", "Epoch: <n>"),
            new Mask("HighWatermark: +\\d+", "HighWatermark: <n>"),
            new Mask("\\d+ ms ago *", "<n> ms ago"),
            new Mask("127\\.0\\.0\\.1:\\d+", "<address>"),
            new Mask("\"port\": ?\\d+", "<port>"),
            new Mask("/[^ ,\"\\]]*[/-]data", "<folder>"),
            new Mask("\\b1[6-9]\\d{11}\\b", "<time>"),
            // How long a transaction has been open stands behind when it began.
            new Mask("(?<=<time> {0,30}\t)\\d+ *", "<ms>"));

    private record Mask(Pattern pattern, String name) {
        Mask(String pattern, String name) {
            this(Pattern.compile(pattern), name);
        }
    }

    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

    private final String[] brokers;
    private final List<String> failures = new ArrayList<>();
    private final List<Pattern> allowed = new ArrayList<>();
    /** Why the next command prints something else; null if it must not. */
    private String reason;

    private final Map<String, List<Producer<byte[], byte[]>>> producers = new HashMap<>();
    private final GroupMembers members = new GroupMembers();
    private int commands;

    private BesideKafka(String kafka, String ours) {
        this.brokers = new String[] {kafka, ours};
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        BesideKafka comparison = new BesideKafka(arguments[1], arguments[2]);
        Exit.setExitProcedure((code, message) -> {
            throw new Exited(code);
        });
        Pattern chosen = Pattern.compile(arguments.length > 3 ? arguments[3] : "");
        try {
            for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                comparison.take(line.strip(), chosen);
            }
        } finally {
            comparison.failures.forEach(out::println);
        }
        out.println(
                comparison.failures.isEmpty()
                        ? "ok"
                        : "failed: " + comparison.failures.size() + " of " + comparison.commands + " print something else");
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** A comment, {@code file}, {@code allow}, {@code differ}, a step of a transaction or a group, or a command; the file itself says what they mean. */
    private void take(String line, Pattern chosen) throws IOException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" +", 3);
        switch (words[0]) {
            case "file" -> Files.writeString(Path.of(words[1]), words[2]);
            case "open", "commit", "abort" -> step(words[0], words[1], words.length > 2 ? words[2] : null);
            case "join" -> members.join(brokers, line.split(" +"));
            case "leave" -> members.leave(words[1]);
            case "allow" -> allowed.add(Pattern.compile(line.substring("allow ".length())));
            case "differ" -> reason = line.substring("differ ".length());
            default -> {
                if (chosen.matcher(line).find()) {
                    compare(line);
                }
                allowed.clear();
                reason = null;
            }
        }
    }

    /** {@code open ID TOPIC-PARTITION}: a record in a new transaction; {@code commit ID} and {@code abort ID} end it. */
    private void step(String step, String id, String place) {
        for (Producer<byte[], byte[]> producer : producers.computeIfAbsent(id, this::producers)) {
            switch (step) {
                case "open" -> {
                    int dash = place.lastIndexOf('-');
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>(
                            place.substring(0, dash), Integer.valueOf(place.substring(dash + 1)), null, new byte[1]));
                    producer.flush();
                }
                case "commit" -> producer.commitTransaction();
                default -> producer.abortTransaction();
            }
        }
    }

    private List<Producer<byte[], byte[]>> producers(String id) {
        List<Producer<byte[], byte[]>> both = new ArrayList<>();
        for (String broker : brokers) {
            Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    // They stay open while slow tools run.
                    Map.of("bootstrap.servers", broker, "transactional.id", id, "transaction.timeout.ms", 900_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer.initTransactions();
            both.add(producer);
        }
        return both;
    }

    private void compare(String line) {
        commands++;
        List<String> kafka = shown(run(line, brokers[0]));
        List<String> ours = shown(run(line, brokers[1]));
        if (kafka.equals(ours)) {
            if (reason != null) {
                failures.add(line + "\n  prints the same now, though it is said to differ: " + reason);
            }
        } else if (reason == null) {
            failures.add(line + "\n" + difference(kafka, ours));
        }
    }

    private static String difference(List<String> kafka, List<String> ours) {
        List<String> onlyKafka = new ArrayList<>(kafka);
        ours.forEach(onlyKafka::remove);
        List<String> onlyOurs = new ArrayList<>(ours);
        kafka.forEach(onlyOurs::remove);
        String both = onlyKafka.isEmpty() && onlyOurs.isEmpty() ? "  the same lines in another order\n" : "";
        return both + "  Kafka: " + String.join("\n         ", onlyKafka) + "\n  here:  " + String.join("\n         ", onlyOurs);
    }

    private List<String> shown(String output) {
        List<String> lines = new ArrayList<>();
        output.lines()
                .filter(each -> !STACK_FRAME.matcher(each).find())
                .map(BesideKafka::masked)
                .filter(each -> allowed.stream().noneMatch(pattern -> pattern.matcher(each).find()))
                .forEach(lines::add);
        return lines;
    }

    private static String masked(String line) {
        String masked = line.stripTrailing();
        for (Mask mask : MASKS) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.name());
        }
        return masked;
    }

    /** All that a tool prints, and how it ended. */
    private static String run(String line, String broker) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" +")));
        String tool = TOOLS.get(words.remove(0));
        if (tool == null) {
            return "there is no such tool: " + line + ", but " + new TreeSet<>(TOOLS.keySet());
        }
        words.addAll(0, List.of("--bootstrap-server", broker));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream output = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream before = System.out;
        PrintStream errorsBefore = System.err;
        System.setOut(output);
        System.setErr(output);
        try {
            // Scala's Console has its own, of when it was loaded.
            scala.Console.withOut(output, () -> scala.Console.withErr(output, () -> call(tool, words.toArray(String[]::new))));
            output.println("exit code 0");
        } catch (Exited exited) {
            output.println("exit code " + exited.code);
        } finally {
            System.setOut(before);
            System.setErr(errorsBefore);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Object call(String tool, String[] arguments) {
        try {
            Class.forName(tool).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exited exited) {
                throw exited;
            }
            System.out.println("thrown: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }

    /** A tool wanted to end the process. */
    private static final class Exited extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code;

        Exited(int code) {
            super("exit code " + code, null, false, false);
            this.code = code;
        }
    }
}
