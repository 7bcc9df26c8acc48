package io.strikemq.suite;

import io.strikemq.junit.BootstrapServers;
import io.strikemq.junit.BrokerScope;
import io.strikemq.junit.StrikeMQTest;
import io.strikemq.junit.Topic;

/** On one broker for the run, which is reset before each test. */
final class StrikeMQSuite {
    private StrikeMQSuite() {}

    @StrikeMQTest(
            scope = BrokerScope.RUN,
            topics = {@Topic(name = "orders", partitions = 4), @Topic(name = "refunds", partitions = 4)})
    private abstract static class Tests extends TwentyTests {
        @BootstrapServers
        private String bootstrapServers;

        @Override
        void play() {
            new Scenario(bootstrapServers, "orders", "refunds", "shop").play();
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
