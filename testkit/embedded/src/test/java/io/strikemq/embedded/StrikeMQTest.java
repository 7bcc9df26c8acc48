package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handle, by Kafka's own clients. */
class StrikeMQTest {
    @Test
    void whatIsProducedIsConsumed() throws Exception {
        try (StrikeMQ broker = StrikeMQ.start()) {
            Clients.produce(broker, "orders", "first");
            assertEquals(List.of("first"), Clients.consume(broker, "orders", 1));
        }
    }

    @Test
    void topicsOfTheOptionsAreThereWhenTheStartReturns() throws Exception {
        Options options = StrikeMQ.options()
                .topic("orders", 3)
                .topic("customers", 1, Map.of("cleanup.policy", "compact"))
                .setting("num.partitions", 5)
                .topic("by-default");
        try (StrikeMQ broker = options.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertEquals(
                    Set.of("orders", "customers", "by-default"),
                    admin.listTopics().names().get());
            var topics = admin.describeTopics(Set.of("orders", "by-default"))
                    .allTopicNames()
                    .get();
            assertEquals(3, topics.get("orders").partitions().size());
            assertEquals(5, topics.get("by-default").partitions().size());
        }
    }

    @Test
    void restAnswersOnceItsUrlIsAskedFor() throws Exception {
        try (StrikeMQ broker = StrikeMQ.options().topic("orders", 2).start()) {
            URI topic = URI.create(broker.httpUrl() + "/v1/topics/orders");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(topic).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"orders\""), answer.body());
        }
    }

    @Test
    void whatIsInADirectoryIsThereAgain(@TempDir Path folder) throws Exception {
        Options options = StrikeMQ.options().logDirectory(folder);
        try (StrikeMQ broker = options.start()) {
            Clients.produce(broker, "orders", "kept");
        }
        try (StrikeMQ broker = options.start()) {
            assertEquals(List.of("kept"), Clients.consume(broker, "orders", 1));
        }
    }

    @Test
    void allThatIsWrongWithSettingsIsSaidAtOnce() {
        Options options = StrikeMQ.options().setting("num_partitions", "none").setting("num.partition", 1);
        String message =
                assertThrows(IllegalArgumentException.class, options::start).getMessage();
        assertTrue(message.contains("num_partitions") && message.contains("did you mean"), message);
    }

    @Test
    void aTopicThatIsRefusedFailsTheStart() {
        Options options = StrikeMQ.options().topic("not a name");
        assertEquals(
                ErrorCode.INVALID_TOPIC_EXCEPTION,
                assertThrows(BrokerException.class, options::start).error());
    }

    @Test
    void aClosedBrokerSaysSo() {
        StrikeMQ broker = StrikeMQ.start();
        broker.close();
        broker.close();
        assertThrows(IllegalStateException.class, broker::httpUrl);
    }

    @Test
    void theLogIsTheBrokersOwn() throws Exception {
        StrikeMQ talkative = StrikeMQ.options().setting("log_level", "debug").start();
        try (StrikeMQ other = StrikeMQ.start()) {
            Clients.produce(talkative, "orders", "first");
            talkative.close();
            assertTrue(talkative.log().stream().anyMatch(line -> line.contains("Kafka server stopped")));
            assertEquals(List.of(), other.log());
        }
    }

    @Test
    void topicsOfTheOptionsMayBeInTheDirectoryAlready(@TempDir Path folder) throws Exception {
        Options options = StrikeMQ.options().logDirectory(folder).topic("orders");
        try (StrikeMQ broker = options.start()) {
            Clients.produce(broker, "orders", "kept");
        }
        try (StrikeMQ broker = options.start()) {
            assertEquals(List.of("kept"), Clients.consume(broker, "orders", 1));
        }
    }

    @Test
    void aLaterTopicOfTheSameNameCounts() throws Exception {
        Options options = StrikeMQ.options().topic("orders", 3).topic("orders", 5);
        try (StrikeMQ broker = options.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var topics = admin.describeTopics(Set.of("orders")).allTopicNames().get();
            assertEquals(5, topics.get("orders").partitions().size());
        }
    }
}
