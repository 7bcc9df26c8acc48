package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikemq.spring.EmbeddedStrikeMQ;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

@SpringBootTest
@EmbeddedStrikeMQ(topics = {"orders", "bills"})
class BillingTest {
    @Autowired
    private KafkaTemplate<String, String> kafka;

    @Autowired
    private ConsumerFactory<String, String> consumers;

    @Test
    void eachOrderHasABill() {
        kafka.send("orders", "a book");

        try (Consumer<String, String> bills = consumers.createConsumer("test", null)) {
            bills.subscribe(List.of("bills"));
            ConsumerRecords<String, String> records = bills.poll(Duration.ofSeconds(10));

            assertThat(records).extracting("value").containsExactly("bill for a book");
        }
    }
}
