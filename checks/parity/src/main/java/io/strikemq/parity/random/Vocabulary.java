package io.strikemq.parity.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Values that are worth asking for, by the name of the field: things that are there, things that are not, and edges. */
final class Vocabulary {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TOPICS = List.of("$t", "$u", "$missing", "", "a b");
    private static final List<String> IDS = List.of("$tId", "AAAAAAAAAAAAAAAAAAAAAA", "xtzWWN4bTjitpL3kfd9s5g");
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("groupid", List.of("$g", "$h", "")),
            Map.entry("groups", List.of("$g", "$h", "")),
            Map.entry("groupsnames", List.of("$g", "$h", "")),
            Map.entry("key", List.of("$g", "$h", "")),
            Map.entry("coordinatorkeys", List.of("$g", "$h", "")),
            Map.entry("memberid", List.of("", "m", "$m")),
            Map.entry("groupinstanceid", List.of("i", "j")),
            Map.entry("protocoltype", List.of("consumer", "connect", "")),
            Map.entry("resourcename", List.of("$t", "$u", "0", "", "7", "$missing")),
            Map.entry("configurationkeys", List.of("retention.ms", "compression.type", "no.such")),
            Map.entry("statesfilter", List.of("Stable", "Empty", "no such")),
            Map.entry("typesfilter", List.of("classic", "consumer", "no such")));
    private static final List<Long> NUMBERS = List.of(-2L, -1L, 0L, 1L, 2L, 7L, (long) Integer.MAX_VALUE);
    private static final Map<String, List<Long>> BY_NAME = Map.ofEntries(
            Map.entry("timeoutms", List.of(1000L)),
            Map.entry("maxwaitms", List.of(0L, 50L)),
            Map.entry("minbytes", List.of(0L, 1L)),
            Map.entry("acks", List.of(1L, -1L, 2L)),
            Map.entry("sessiontimeoutms", List.of(6000L, 10L, 10_000L)),
            Map.entry("rebalancetimeoutms", List.of(500L)),
            Map.entry("retentiontimems", List.of(-1L, 60_000L)),
            Map.entry("sessionid", List.of(0L, 1L)),
            Map.entry("sessionepoch", List.of(-1L, 0L, 1L)),
            Map.entry("resourcetype", List.of(0L, 2L, 4L, 8L, 16L, 32L, 99L)),
            Map.entry("isolationlevel", List.of(0L, 1L)),
            Map.entry("replicationfactor", List.of(-1L, 0L, 1L, 2L)),
            Map.entry("replicaid", List.of(-1L)),
            Map.entry("numpartitions", List.of(-1L, 0L, 1L, 3L)),
            Map.entry("count", List.of(0L, 1L, 3L)),
            Map.entry("keytype", List.of(0L, 1L)));

    private Vocabulary() {}

    static JsonNode pick(Random random, String message, String field, Primitive type) {
        String name = field.toLowerCase(Locale.ROOT);
        return switch (type) {
            case BOOL -> JSON.booleanNode(random.nextBoolean());
            case INT8, INT16, UINT16, INT32, INT64, FLOAT64 ->
                JSON.numberNode(pick(random, BY_NAME.getOrDefault(name, NUMBERS)));
            case STRING -> JSON.textNode(pick(random, texts(message, name)));
            case UUID -> JSON.textNode(pick(random, IDS));
            case BYTES -> JSON.textNode(pick(random, List.of("", "bytes")));
            case RECORDS -> batch(random);
        };
    }

    private static List<String> texts(String message, String name) {
        boolean isTopic = name.contains("topic") || name.equals("name") && !message.contains("Config");
        return isTopic ? TOPICS : TEXTS.getOrDefault(name, List.of("", "x", "$t", "a b"));
    }

    private static JsonNode batch(Random random) {
        ObjectNode batch = JSON.objectNode();
        batch.putArray("records").addObject().put("key", "k").put("value", "v");
        batch.put("codec", pick(random, List.of("none", "gzip")));
        return batch;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
