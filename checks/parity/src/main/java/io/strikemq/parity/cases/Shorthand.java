package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Reading;
import io.strikemq.parity.cases.Case.Step;
import java.util.List;
import java.util.Map;

/**
 * Short words for what many cases set up: {@code {topic: $t, partitions: 2, configs: {…}}} creates a topic and waits until it
 * is known, {@code {produce: $t, partition: 0, records: […]}} writes to it.
 */
final class Shorthand {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Shorthand() {}

    static boolean isOne(JsonNode node) {
        return node.has("topic") || node.has("produce");
    }

    static List<Step> steps(JsonNode node) {
        return node.has("topic") ? topic(node) : List.of(produce(node));
    }

    private static List<Step> topic(JsonNode node) {
        String name = node.get("topic").asText();
        ObjectNode create = JSON.objectNode().put("timeoutMs", 5000);
        ObjectNode topic = create.putArray("topics").addObject();
        topic.put("name", name)
                .put("numPartitions", node.path("partitions").asInt(1))
                .put("replicationFactor", 1);
        var configs = topic.putArray("configs");
        node.path("configs")
                .properties()
                .forEach(config -> configs.addObject()
                        .put("name", config.getKey())
                        .put("value", config.getValue().asText()));
        ObjectNode metadata = JSON.objectNode().put("allowAutoTopicCreation", false);
        metadata.putArray("topics").addObject().put("name", name);
        ObjectNode offsets = JSON.objectNode();
        ArrayNode partitions =
                offsets.putArray("topics").addObject().put("name", name).putArray("partitions");
        ObjectNode led = JSON.objectNode();
        for (int partition = 0; partition < node.path("partitions").asInt(1); partition++) {
            partitions.addObject().put("partitionIndex", partition).put("timestamp", -1);
            led.put("topics[0].partitions[" + partition + "].errorCode", 0);
        }
        return List.of(
                // Version 4 answers without the topic's configs, which cases of their own compare.
                ask("CreateTopics", 4, create, JSON.objectNode()),
                ask("Metadata", 9, metadata, noErrorAt("topics[0].errorCode")),
                new Ask(
                        "Metadata",
                        -1,
                        metadata,
                        "main",
                        "parity",
                        Map.of(name.replace("$", "") + "Id", "topics[0].topicId"),
                        JSON.objectNode(),
                        Reading.AT_ONCE),
                // Kafka's broker may know of a topic before it leads the partitions.
                ask("ListOffsets", 7, offsets, led));
    }

    private static Step produce(JsonNode node) {
        ObjectNode produce = JSON.objectNode().put("acks", -1).put("timeoutMs", 5000);
        produce.putArray("topicData")
                .addObject()
                .put("name", node.get("produce").asText())
                .putArray("partitionData")
                .addObject()
                .put("index", node.path("partition").asInt(0))
                .set("records", node.get("records"));
        return ask("Produce", 9, produce, noErrorAt("responses[0].partitionResponses[0].errorCode"));
    }

    private static JsonNode noErrorAt(String path) {
        return JSON.objectNode().put(path, 0);
    }

    private static Ask ask(String api, int version, ObjectNode body, JsonNode until) {
        return new Ask(api, version, body, "main", "parity", Map.of(), until, Reading.AT_ONCE);
    }
}
