package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.await.Condition;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.embedded.StrikeMQ;
import io.strikemq.junit.BootstrapServers;
import io.strikemq.junit.KafkaClient;
import io.strikemq.junit.StrikeMQTest;
import io.strikemq.junit.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@StrikeMQTest(topics = @Topic(name = "orders", partitions = 3))
class OrdersTest {
    @Test
    void ordersAreWrittenByCustomer(
            @BootstrapServers String bootstrapServers,
            @KafkaClient(topics = "orders") Consumer<String, String> orders) {
        Bookkeeper bookkeeper = new Bookkeeper();
        try (OrderDesk desk = new OrderDesk(bootstrapServers)) {
            desk.place("anna", "a book");
            desk.place("ben", "a lamp");
            desk.place("anna", "a chair");
        }

        while (bookkeeper.ordersByCustomer().values().stream().mapToInt(n -> n).sum() < 3) {
            bookkeeper.work(orders);
        }

        assertEquals(Map.of("anna", 2, "ben", 1), bookkeeper.ordersByCustomer());
    }

    @Test
    void theBookkeeperGoesOnWhereTheLastOneStopped(
            Producer<String, String> producer,
            @KafkaClient(topics = "orders", group = "books") Consumer<String, String> first,
            @KafkaClient(group = "books") Consumer<String, String> second) {
        Bookkeeper before = new Bookkeeper();
        producer.send(new ProducerRecord<>("orders", "anna", "a book"));
        while (before.ordersByCustomer().isEmpty()) {
            before.work(first);
        }
        first.close();

        Bookkeeper after = new Bookkeeper();
        producer.send(new ProducerRecord<>("orders", "ben", "a lamp"));
        second.subscribe(List.of("orders"));
        while (after.ordersByCustomer().isEmpty()) {
            after.work(second);
        }

        assertEquals(Map.of("ben", 1), after.ordersByCustomer());
    }

    @Test
    void anOrderIsSafeAlsoWhenTheLeaderMoves(StrikeMQ broker, @BootstrapServers String bootstrapServers) {
        long moving = broker.faults()
                .add(FaultRule.on("Produce")
                        .topic("orders")
                        .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                        .times(2));

        try (OrderDesk desk = new OrderDesk(bootstrapServers)) {
            desk.place("anna", "a book");
        }

        broker.await(Condition.topic("orders").hasRecords(1), Duration.ofSeconds(10));
        assertEquals(2, broker.faults().find(moving).orElseThrow().hits());
    }
}
