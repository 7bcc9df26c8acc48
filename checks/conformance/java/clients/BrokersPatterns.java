import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;

/** Regular expressions that the broker reads: kafka-clients 4.0 and newer. */
final class BrokersPatterns {
    private BrokersPatterns() {}

    static void subscribe(Consumer<byte[], byte[]> consumer, String regex) {
        consumer.subscribe(new SubscriptionPattern(regex));
    }
}
