package io.strikemq.suite;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * On one broker for the run, which all classes share by their common context. It cannot be reset: each test has topics and
 * a group of its own, and deletes them.
 */
final class EmbeddedKafkaSuite {
    private EmbeddedKafkaSuite() {}

    @SpringJUnitConfig
    @EmbeddedKafka(
            brokerProperties = {"group.initial.rebalance.delay.ms=0", "offsets.topic.num.partitions=1"})
    private abstract static class Tests extends TwentyTests {
        @Autowired
        private EmbeddedKafkaBroker broker;

        @Override
        void play() {
            String unique = UUID.randomUUID().toString();
            String orders = "orders-" + unique;
            String refunds = "refunds-" + unique;
            String group = "shop-" + unique;
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBrokersAsString()))) {
                admin.createTopics(
                                List.of(new NewTopic(orders, 4, (short) 1), new NewTopic(refunds, 4, (short) 1)))
                        .all()
                        .get();
                new Scenario(broker.getBrokersAsString(), orders, refunds, group).play();
                admin.deleteConsumerGroups(List.of(group)).all().get();
                admin.deleteTopics(List.of(orders, refunds)).all().get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static class Class1 extends Tests {}

    static class Class2 extends Tests {}

    static class Class3 extends Tests {}

    static class Class4 extends Tests {}

    static class Class5 extends Tests {}

    static class Class6 extends Tests {}

    static class Class7 extends Tests {}

    static class Class8 extends Tests {}

    static class Class9 extends Tests {}

    static class Class10 extends Tests {}
}
