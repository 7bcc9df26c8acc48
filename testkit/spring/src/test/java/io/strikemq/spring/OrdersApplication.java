package io.strikemq.spring;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.kafka.annotation.KafkaListener;

/** An application that listens to a topic; where its broker is, it is told by Spring Boot's properties alone. */
@SpringBootConfiguration
@EnableAutoConfiguration
class OrdersApplication {
    final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

    @KafkaListener(topics = "orders", groupId = "shop")
    void order(String order) {
        orders.add(order);
    }
}
