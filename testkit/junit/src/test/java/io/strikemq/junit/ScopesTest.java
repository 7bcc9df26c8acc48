package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    /** The addresses of the brokers that the samples were given, in the order of their tests. */
    private static final List<String> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static Set<String> distinct() {
        return new HashSet<>(SEEN);
    }

    private static void assertClosed(String address) {
        int colon = address.lastIndexOf(':');
        assertThrows(
                ConnectException.class,
                () -> connect(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    private static void connect(String host, int port) throws IOException {
        new Socket(host, port).close();
    }

    @StrikeMQTest(scope = BrokerScope.METHOD)
    static class PerMethod {
        @Test
        void one(StrikeMQ broker, @BootstrapServers String same) {
            SEEN.add(broker.bootstrapServers());
            assertEquals(broker.bootstrapServers(), same);
            if (SEEN.size() > 1) {
                assertClosed(SEEN.get(SEEN.size() - 2));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void other(int number, StrikeMQ broker, @BootstrapServers String same) {
            one(broker, same);
        }
    }

    @Test
    void aBrokerPerMethodEndsBeforeTheNextBegins() {
        Samples.succeed(3, Samples.run(PerMethod.class));
        assertEquals(3, distinct().size());
        SEEN.forEach(ScopesTest::assertClosed);
    }

    @StrikeMQTest
    static class PerClass {
        @Test
        void one(StrikeMQ broker) {
            SEEN.add(broker.bootstrapServers());
        }

        @Nested
        class Sharing {
            @Test
            void two(StrikeMQ broker) {
                SEEN.add(broker.bootstrapServers());
            }
        }
    }

    @Test
    void aClassSharesItsBrokerWithThoseNestedInIt() {
        Samples.succeed(2, Samples.run(PerClass.class));
        assertEquals(1, distinct().size());
        assertClosed(SEEN.get(0));
    }

    @StrikeMQTest
    static class AroundOneWithItsOwn {
        @Test
        void one(StrikeMQ broker) {
            SEEN.add(broker.bootstrapServers());
        }

        @Nested
        @StrikeMQTest(settings = "num.partitions=3")
        class Own {
            @Test
            void two(StrikeMQ broker) {
                SEEN.add(broker.bootstrapServers());
            }

            @Nested
            class Deeper {
                @Test
                void three(StrikeMQ broker) {
                    SEEN.add(broker.bootstrapServers());
                }
            }
        }
    }

    @Test
    void aNestedClassMayHaveItsOwn() {
        Samples.succeed(3, Samples.run(AroundOneWithItsOwn.class));
        assertEquals(2, distinct().size());
        assertEquals(SEEN.get(1), SEEN.get(2));
        SEEN.forEach(ScopesTest::assertClosed);
    }

    @StrikeMQTest(scope = BrokerScope.RUN)
    static class OfTheRun {
        @AfterAll
        static void stillOpen(StrikeMQ broker) throws IOException {
            connect("127.0.0.1", Integer.parseInt(broker.bootstrapServers().substring("127.0.0.1:".length())));
        }

        @Test
        void one(StrikeMQ broker) {
            SEEN.add(broker.bootstrapServers());
        }
    }

    @StrikeMQTest(scope = BrokerScope.RUN)
    static class OfTheRunToo extends OfTheRun {}

    @StrikeMQTest(scope = BrokerScope.RUN, settings = "num.partitions=3")
    static class OfTheRunWithOtherSettings extends OfTheRun {}

    @Test
    void theClassesOfARunShareABrokerIfItsSettingsAreTheSame() {
        Samples.succeed(3, Samples.run(OfTheRun.class, OfTheRunToo.class, OfTheRunWithOtherSettings.class));
        assertEquals(3, SEEN.size());
        assertEquals(2, distinct().size());
        SEEN.forEach(ScopesTest::assertClosed);
    }

    @StrikeMQTest(scope = BrokerScope.METHOD)
    static class WantsOneTooEarly {
        WantsOneTooEarly(StrikeMQ broker) {}

        @Test
        void one() {}
    }

    @Test
    void aConstructorHasNoBrokerOfAMethod() {
        Throwable failure = Samples.failures(WantsOneTooEarly.class).get(0);
        assertTrue(failure.getMessage().contains("need BrokerScope.CLASS or RUN"), failure.getMessage());
    }

    @StrikeMQTest(scope = BrokerScope.RUN)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WithATestThatCannotBegin {
        @Test
        @Topic(name = "not a name")
        void first(StrikeMQ broker) {}

        @Test
        void second(StrikeMQ broker) {
            SEEN.add(broker.bootstrapServers());
        }
    }

    @Test
    void aTestThatCannotBeginDoesNotKeepTheBroker() {
        List<Throwable> failures = Samples.failures(WithATestThatCannotBegin.class);
        assertEquals(1, failures.size(), "failures: " + failures);
        assertTrue(failures.get(0).getMessage().contains("not a name"), failures.get(0)::getMessage);
        assertEquals(1, SEEN.size());
    }

    @StrikeMQTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private final StrikeMQ outer;

        OneInstance(StrikeMQ broker) {
            outer = broker;
        }

        @Test
        void one(StrikeMQ broker) {
            assertSame(outer, broker);
        }

        @Nested
        @StrikeMQTest
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Own {
            private final StrikeMQ inner;

            Own(StrikeMQ broker) {
                inner = broker;
            }

            @Test
            void two(StrikeMQ broker) {
                assertSame(inner, broker);
                assertNotSame(outer, broker);
            }
        }
    }

    @Test
    void theConstructorOfAnInstanceThatLastsIsGivenTheBrokerOfItsClass() {
        Samples.succeed(2, Samples.run(OneInstance.class));
    }
}
