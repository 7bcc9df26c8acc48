package io.strikemq.bootstrap.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reset as Kafka's clients see it, which are connected all the time. */
@Timeout(120)
class ResetTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void clientsGoOnWithoutARestart(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder);
                KafkaProducer<String, String> plain = broker.producer(Map.of());
                KafkaConsumer<String, String> classic = broker.consumer("old", "classic");
                KafkaConsumer<String, String> modern = broker.consumer("new", "consumer")) {
            for (KafkaConsumer<String, String> each : List.of(classic, modern)) {
                each.subscribe(List.of("orders"));
            }
            for (int round = 0; round < 2; round++) {
                broker.create("orders", 1);
                for (int i = 0; i < 5 - round; i++) {
                    ResettableBroker.send(plain, "orders", round + " plain " + i);
                }
                commitWithANewProducer(broker, round + " committed");
                for (KafkaConsumer<String, String> each : List.of(classic, modern)) {
                    Set<String> read = ResettableBroker.readAndCommit(each, 6 - round);
                    String ofRound = round + " ";
                    assertTrue(read.stream().allMatch(value -> value.startsWith(ofRound)), read.toString());
                    assertEquals(6 - round, read.size(), read.toString());
                }
                broker.powers().reset().reset();
                assertEquals(Set.of(), broker.topics());
            }
        }
    }

    private static void commitWithANewProducer(ResettableBroker broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            commit(producer, value);
        }
    }

    private static void commit(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.beginTransaction();
        ResettableBroker.send(producer, "orders", value);
        producer.commitTransaction();
    }

    /** As Kafka's of a transactional id that it has forgotten: the producer is of no use, and another of its id is. */
    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aTransactionalProducerHearsThatItsIdIsForgotten(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder);
                KafkaProducer<String, String> producer = broker.producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            broker.create("orders", 1);
            commit(producer, "before");
            broker.powers().reset().reset();
            broker.create("orders", 1);

            ExecutionException forgotten = assertThrows(ExecutionException.class, () -> commit(producer, "after"));

            assertInstanceOf(InvalidPidMappingException.class, forgotten.getCause());
            commitWithANewProducer(broker, "after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void allIsGoneButTheCluster(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder)) {
            String cluster = broker.admin.describeCluster().clusterId().get();
            broker.create("orders", 3);
            ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
            broker.admin
                    .incrementalAlterConfigs(Map.of(
                            brokers,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("log.retention.ms", "4711"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            assertEquals(200, broker.call("POST", "/v1/reset").statusCode());

            assertEquals(Set.of(), broker.topics());
            assertEquals(cluster, broker.admin.describeCluster().clusterId().get());
            broker.create("orders", 1);
            ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
            assertEquals(
                    "604800000",
                    broker.admin
                            .describeConfigs(List.of(orders))
                            .all()
                            .get()
                            .get(orders)
                            .get("retention.ms")
                            .value());
            assertEquals(
                    403,
                    broker.call("POST", "/v1/reset", "Origin", "http://evil.example")
                            .statusCode());
        }
    }
}
