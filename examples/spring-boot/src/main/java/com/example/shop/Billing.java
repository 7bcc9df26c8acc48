package com.example.shop;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Writes a bill for each order. */
@Component
class Billing {
    private final KafkaTemplate<String, String> kafka;

    Billing(KafkaTemplate<String, String> kafka) {
        this.kafka = kafka;
    }

    @KafkaListener(topics = "orders", groupId = "billing")
    void bill(String order) {
        kafka.send("bills", "bill for " + order);
    }
}
