package com.example.orders;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts what each customer has ordered. */
public final class Bookkeeper {
    private final Map<String, Integer> ordersByCustomer = new TreeMap<>();

    /** Takes up what has come in, and commits it. */
    public void work(Consumer<String, String> orders) {
        for (ConsumerRecord<String, String> order : orders.poll(Duration.ofMillis(200))) {
            ordersByCustomer.merge(order.key(), 1, Integer::sum);
        }
        orders.commitSync();
    }

    public Map<String, Integer> ordersByCustomer() {
        return ordersByCustomer;
    }
}
