import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** The verbs of the admin client, which came with 0.11; that for groups came with 2.0. */
final class Admin {
    private Admin() {}

    static Map<String, Verbs.Verb> verbs() {
        Map<String, Verbs.Verb> verbs = new HashMap<>(
                Map.of("create", Admin::create, "describe", Admin::describe, "delete", Admin::delete));
        if (Release.isAtLeast(2, 0)) {
            verbs.put("list-groups", Admin::listGroups);
            verbs.put("describe-group", Admin::describeGroup);
            verbs.put("group-offsets", Admin::groupOffsets);
            verbs.put("delete-group", Admin::deleteGroup);
        }
        if (Release.isAtLeast(2, 4)) {
            verbs.put("delete-offsets", Admin::deleteOffsets);
        }
        return verbs;
    }

    private interface Task {
        void run(AdminClient admin) throws Exception;
    }

    private static void with(JsonNode options, Task task) throws Exception {
        try (AdminClient admin = AdminClient.create(KafkaClients.config(options))) {
            task.run(admin);
        }
    }

    static void warmUp(JsonNode options) throws Exception {
        with(options, admin -> {});
    }

    static List<Map<String, Object>> brokers(JsonNode options) throws Exception {
        List<Map<String, Object>> brokers = new ArrayList<>();
        with(options, admin -> {
            for (Node node : admin.describeCluster().nodes().get()) {
                brokers.add(Map.of("id", node.id(), "host", node.host(), "port", node.port()));
            }
        });
        return brokers;
    }

    private static void create(JsonNode options) throws Exception {
        NewTopic topic = new NewTopic(options.get("topic").asText(), options.get("partitions").asInt(), (short) 1);
        with(options, admin -> admin.createTopics(List.of(topic)).all().get());
    }

    private static void describe(JsonNode options) throws Exception {
        with(options, admin ->
                Verbs.emit("partitions", partitions(Release.describe(admin, options.get("topic").asText()))));
    }

    static List<Map<String, Object>> partitions(TopicDescription topic) {
        List<Map<String, Object>> partitions = new ArrayList<>();
        for (TopicPartitionInfo each : topic.partitions()) {
            partitions.add(Map.of("partition", each.partition(), "leader", each.leader().id(),
                    "replicas", ids(each.replicas()), "isr", ids(each.isr())));
        }
        return partitions;
    }

    private static List<Integer> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    private static void delete(JsonNode options) throws Exception {
        with(options, admin -> admin.deleteTopics(List.of(options.get("topic").asText())).all().get());
    }

    private static void listGroups(JsonNode options) throws Exception {
        with(options, admin -> Verbs.emit("groups",
                admin.listConsumerGroups().valid().get().stream().map(each -> each.groupId()).toList()));
    }

    private static void describeGroup(JsonNode options) throws Exception {
        String group = options.get("group").asText();
        with(options, admin -> {
            ConsumerGroupDescription found =
                    admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get();
            String state = found.toString().replaceAll("(?s).*[sS]tate=([A-Za-z]+).*", "$1");
            Verbs.emit("state", state.substring(0, 1).toUpperCase() + state.substring(1).toLowerCase(),
                    "members", found.members().stream().map(MemberDescription::clientId).toList());
        });
    }

    private static void groupOffsets(JsonNode options) throws Exception {
        with(options, admin -> {
            Map<String, Long> offsets = new TreeMap<>();
            admin.listConsumerGroupOffsets(options.get("group").asText()).partitionsToOffsetAndMetadata().get()
                    .forEach((partition, offset) -> offsets.put(partition.toString(), offset.offset()));
            Verbs.emit("offsets", offsets);
        });
    }

    private static void deleteOffsets(JsonNode options) throws Exception {
        TopicPartition partition = new TopicPartition(options.get("topic").asText(), options.get("partition").asInt());
        with(options, admin -> admin.deleteConsumerGroupOffsets(options.get("group").asText(), Set.of(partition))
                .partitionResult(partition).get());
    }

    private static void deleteGroup(JsonNode options) throws Exception {
        with(options, admin -> admin.deleteConsumerGroups(List.of(options.get("group").asText())).all().get());
    }
}
