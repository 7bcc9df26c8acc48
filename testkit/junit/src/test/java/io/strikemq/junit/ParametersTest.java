package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@StrikeMQTest(topics = @Topic(name = "orders", partitions = 3))
class ParametersTest {
    private static StrikeMQ beforeAll;
    private final StrikeMQ constructed;
    private StrikeMQ beforeEach;

    ParametersTest(StrikeMQ constructed) {
        this.constructed = constructed;
    }

    @BeforeAll
    static void before(StrikeMQ broker, Admin admin) {
        beforeAll = broker;
        assertEquals(List.of("orders"), Kafka.topics(admin));
    }

    @BeforeEach
    void beforeEach(StrikeMQ broker) {
        beforeEach = broker;
    }

    @AfterEach
    void theClientsOfATestAreOpenUntilItsEnd(Admin admin) {
        assertTrue(Kafka.topics(admin).contains("orders"));
    }

    @Test
    void allThatIsGivenToATestIsOfOneBroker(StrikeMQ broker, @BootstrapServers String bootstrapServers) {
        assertSame(broker, constructed);
        assertSame(broker, beforeAll);
        assertSame(broker, beforeEach);
        assertEquals(broker.bootstrapServers(), bootstrapServers);
    }

    @RepeatedTest(2)
    void whatAProducerWritesAConsumerReads(Producer<String, byte[]> producer, Consumer<String, byte[]> consumer) {
        assertEquals(3, Kafka.partitions(producer, "orders"));
        Kafka.send(producer, "orders", "key", new byte[] {1, 2});
        consumer.subscribe(Set.of("orders"));

        List<ConsumerRecord<String, byte[]>> records = Kafka.read(consumer, 1);

        assertEquals(1, records.size());
        assertEquals("key", records.get(0).key());
        assertArrayEquals(new byte[] {1, 2}, records.get(0).value());
    }

    @Test
    void typesAreWrittenAsDeclared(
            KafkaProducer<Integer, Long> numbers,
            @KafkaClient(topics = "numbers") KafkaConsumer<Integer, Long> numbersRead,
            Producer<UUID, Double> ids,
            @KafkaClient(topics = "ids") Consumer<UUID, Double> idsRead,
            Producer<ByteBuffer, Bytes> buffers,
            @KafkaClient(topics = "buffers") Consumer<ByteBuffer, Bytes> buffersRead,
            Producer<Void, Float> keyless,
            @KafkaClient(topics = "keyless") Consumer<Void, Float> keylessRead) {
        UUID id = new UUID(1, 2);
        Kafka.send(numbers, "numbers", 1, 2L);
        Kafka.send(ids, "ids", id, 2.5);
        Kafka.send(buffers, "buffers", ByteBuffer.wrap(new byte[] {7}), Bytes.wrap(new byte[] {8}));
        Kafka.send(keyless, "keyless", null, 1.5f);

        ConsumerRecord<Integer, Long> number = Kafka.read(numbersRead, 1).get(0);
        assertEquals(1, number.key());
        assertEquals(2L, number.value());
        assertEquals(id, Kafka.read(idsRead, 1).get(0).key());
        assertEquals(
                Bytes.wrap(new byte[] {8}), Kafka.read(buffersRead, 1).get(0).value());
        ConsumerRecord<Void, Float> noKey = Kafka.read(keylessRead, 1).get(0);
        assertNull(noKey.key());
        assertEquals(1.5f, noKey.value());
    }

    @Test
    void serializersOfOnesOwnAreSaidByProperties(
            @KafkaClient(properties = "value.serializer=org.apache.kafka.common.serialization.StringSerializer")
                    Producer<String, Object> producer,
            @KafkaClient(
                            properties =
                                    "value.deserializer = org.apache.kafka.common.serialization.StringDeserializer",
                            topics = "orders")
                    Consumer<String, ?> consumer) {
        Kafka.send(producer, "orders", "a", (Object) "b");
        assertEquals("b", Kafka.read(consumer, 1).get(0).value());
    }

    @Test
    void consumersHaveGroupsOfTheirOwnUnlessTheyNameOne(
            Consumer<String, String> one,
            Consumer<String, String> other,
            @KafkaClient(group = "billing") Consumer<String, String> named,
            @KafkaClient(group = "billing", properties = "group.id=paying") Consumer<String, String> byProperty) {
        assertNotEquals(one.groupMetadata().groupId(), other.groupMetadata().groupId());
        assertEquals("billing", named.groupMetadata().groupId());
        assertEquals("paying", byProperty.groupMetadata().groupId());
    }

    @Test
    void adminsAreGivenByBothTypes(Admin admin, AdminClient adminClient) {
        assertEquals(List.of("orders"), Kafka.topics(admin));
        assertEquals(List.of("orders"), Kafka.topics(adminClient));
    }
}
