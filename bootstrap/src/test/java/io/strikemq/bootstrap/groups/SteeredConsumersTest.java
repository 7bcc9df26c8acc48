package io.strikemq.bootstrap.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.ResetTarget;
import io.strikemq.domain.port.in.SteerGroups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own consumers feel what a test does to their group, in both protocols. */
@Timeout(120)
class SteeredConsumersTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final List<Reader> readers = new ArrayList<>();
    private Broker broker;
    private SteerGroups groups;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings =
                new HashMap<>(Map.of("port", "0", "http_port", "0", "storage", "memory", "log_dir", folder.toString()));
        settings.put("group.consumer.min.heartbeat.interval.ms", "50");
        settings.put("group.consumer.heartbeat.interval.ms", "50");
        settings.put("group.consumer.min.session.timeout.ms", "1000");
        broker = Broker.start(new ConfigurationLoader(Set.of()).load(null, Map.of(), settings));
        groups = broker.powers().groups();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("t", 4, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer = producer(null)) {
            for (int i = 0; i < 40; i++) {
                producer.send(new ProducerRecord<>("t", i % 4, "k", "v" + i)).get();
            }
        }
    }

    @AfterEach
    void stop() {
        readers.forEach(reader -> reader.consumer.close(CloseOptions.timeout(Duration.ZERO)));
        broker.close();
    }

    private String bootstrap() {
        return "127.0.0.1:" + broker.listeners().get(0).port();
    }

    private KafkaProducer<String, String> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", bootstrap()));
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** A consumer, and what its listener was told. */
    private final class Reader implements ConsumerRebalanceListener {
        final KafkaConsumer<String, String> consumer;
        final List<String> told = new ArrayList<>();
        int read;

        Reader(String protocol, String client, String instanceId) {
            Map<String, Object> settings = new HashMap<>(Map.of(
                    "bootstrap.servers",
                    bootstrap(),
                    "group.id",
                    "g",
                    "group.protocol",
                    protocol.equals("consumer") ? "consumer" : "classic",
                    "client.id",
                    client,
                    "enable.auto.commit",
                    "false",
                    "auto.offset.reset",
                    "earliest"));
            if (protocol.equals("cooperative")) {
                settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
            }
            if (!protocol.equals("consumer")) {
                settings.put("heartbeat.interval.ms", "50");
                settings.put("session.timeout.ms", "6000");
            }
            if (instanceId != null) {
                settings.put("group.instance.id", instanceId);
            }
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
            consumer.subscribe(List.of("t"), this);
            readers.add(this);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            told.add("assigned " + numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            told.add("revoked " + numbers(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            told.add("lost " + numbers(partitions));
        }

        Set<Integer> assigned() {
            return numbers(consumer.assignment());
        }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(each -> numbers.add(each.partition()));
        return numbers;
    }

    /** Everybody polls until it is so; the test's timeout ends a wait that is in vain. */
    private void pollUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            readers.forEach(reader -> reader.read += reader.consumer.poll(SHORT).count());
        }
    }

    private Reader readerOfAll(String protocol, String instanceId) {
        Reader reader = new Reader(protocol, "one", instanceId);
        pollUntil(() -> reader.assigned().equals(Set.of(0, 1, 2, 3)) && reader.read == 40);
        reader.told.clear();
        return reader;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aForcedRebalanceTakesEverythingAwayAndGivesItBack(String protocol) {
        Reader reader = readerOfAll(protocol, null);
        assertEquals(1, groups.rebalance("g").memberIds().size());
        pollUntil(() -> reader.told.contains("assigned [0, 1, 2, 3]"));
        // A consumer of the newer protocol is told of the moment at which it has nothing, too.
        reader.told.remove("assigned []");
        assertEquals(List.of("revoked [0, 1, 2, 3]", "assigned [0, 1, 2, 3]"), reader.told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void whoIsExpelledLosesItsPartitionsAndComesBack(String protocol) {
        Reader reader = readerOfAll(protocol, null);
        List<String> expelled = groups.expel("g", MemberPick.client("one")).memberIds();
        assertEquals(1, expelled.size());
        pollUntil(() -> reader.told.size() == 2);
        assertEquals(List.of("lost [0, 1, 2, 3]", "assigned [0, 1, 2, 3]"), reader.told);
        BrokerException nobody = assertThrows(BrokerException.class, () -> groups.expel("g", MemberPick.client("two")));
        assertEquals("group 'g' has no member with client id 'two'", nobody.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void whoseInstanceIdIsTakenEnds(String protocol) {
        readerOfAll(protocol, "i");
        groups.fence("g", MemberPick.instance("i"));
        assertThrows(FencedInstanceIdException.class, () -> pollUntil(() -> false));
    }

    @Test
    void aDynamicMemberThatIsFencedLosesItsPartitionsAndJoinsAgain() {
        Reader reader = readerOfAll("consumer", null);
        groups.fence("g", MemberPick.everybody());
        pollUntil(() -> reader.told.size() == 2);
        assertEquals(List.of("lost [0, 1, 2, 3]", "assigned [0, 1, 2, 3]"), reader.told);
    }

    @Test
    void aDynamicMemberOfAClassicGroupCannotBeFenced() {
        readerOfAll("classic", null);
        BrokerException refused =
                assertThrows(BrokerException.class, () -> groups.fence("g", MemberPick.client("one")));
        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        assertTrue(refused.getMessage().endsWith("expel it instead"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aResetUnderMembersThatAreExpelledHasThemReadAnew(String protocol) {
        Reader reader = readerOfAll(protocol, null);
        reader.consumer.commitSync();
        groups.resetOffsets(
                OffsetReset.of("g", ResetTarget.offset(7)).topic("t").expellingMembers());
        reader.read = 0;
        pollUntil(() -> reader.read == 12);
        assertEquals(List.of("lost [0, 1, 2, 3]", "assigned [0, 1, 2, 3]"), reader.told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aResetUnderMembersThatAreKeptIsWhatTheyDoNotNotice(String protocol) {
        Reader reader = readerOfAll(protocol, null);
        reader.consumer.commitSync();
        groups.resetOffsets(OffsetReset.of("g", ResetTarget.offset(7)).keepingMembers());
        TopicPartition first = new TopicPartition("t", 0);
        assertEquals(7, reader.consumer.committed(Set.of(first)).get(first).offset());
        assertEquals(10, reader.consumer.position(first));
        reader.consumer.commitSync(Map.of(first, new OffsetAndMetadata(9)));
        assertEquals(9, reader.consumer.committed(Set.of(first)).get(first).offset());
        assertEquals(List.of(), reader.told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "cooperative", "consumer"})
    void aScriptSaysWhoGetsWhatOnce(String protocol) {
        Reader one = new Reader(protocol, "one", null);
        Reader two = new Reader(protocol, "two", null);
        pollUntil(() -> one.assigned().size() == 2 && two.assigned().size() == 2);
        groups.script(
                "g",
                ScriptedAssignment.of(MemberPick.client("one"), "t", 0, 1, 3).and(MemberPick.client("two"), "t", 2));
        pollUntil(() -> one.assigned().equals(Set.of(0, 1, 3)) && two.assigned().equals(Set.of(2)));
        groups.rebalance("g");
        pollUntil(() -> one.assigned().size() == 2 && two.assigned().size() == 2);
        BrokerException refused = assertThrows(
                BrokerException.class,
                () -> groups.script("g", ScriptedAssignment.of(MemberPick.client("one"), "t", 4)));
        assertEquals("topic 't' has no partition 4, only 0 to 3", refused.getMessage());
    }

    @Test
    void aTransactionalProducerIsFenced() throws Exception {
        try (KafkaProducer<String, String> producer = producer("tx")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", 0, "k", "open")).get();
            assertTrue(broker.powers().producers().fence("tx").aborts());
            assertThrows(ProducerFencedException.class, producer::commitTransaction);
        }
        BrokerException unknown = assertThrows(
                BrokerException.class, () -> broker.powers().producers().fence("ty"));
        assertEquals(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND, unknown.error());
    }
}
