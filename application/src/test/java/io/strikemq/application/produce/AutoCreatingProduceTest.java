package io.strikemq.application.produce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AutoCreatingProduceTest {
    private final OneBroker broker = new OneBroker();
    private final List<String> log = new ArrayList<>();
    private final AutoCreatingProduce produce =
            new AutoCreatingProduce(broker.partitions, new Directory(), (context, command) -> {
                log.add("produce");
                return CompletableFuture.completedFuture(List.<PartitionProduced>of());
            });

    @Test
    void aTopicThatIsMissingMayBeCreatedBeforeTheRecordsAreAppended() {
        produce(TopicRef.byName("new"));

        assertEquals(List.of("FOR_RECORDS new", "produce"), log);
    }

    @Test
    void theBrokersOwnTopicsAreNotCreated() {
        produce(TopicRef.byName("__consumer_offsets"));

        assertEquals(List.of("produce"), log);
    }

    @Test
    void aTopicThatIsThereOrIsNamedByItsIdIsNotAskedFor() {
        broker.topic("there", 1);

        produce(TopicRef.byName("there"));
        produce(TopicRef.byId(new UUID(1, 2)));

        assertEquals(List.of("produce", "produce"), log);
    }

    private void produce(TopicRef topic) {
        produce.produce(
                OneBroker.CLIENT,
                new ProduceCommand(
                        ProduceCommand.Acks.ALL,
                        Duration.ofSeconds(1),
                        null,
                        ProduceCommand.Formats.V2,
                        List.of(new PartitionRecords(topic, 0, ByteBuffer.allocate(0)))));
    }

    private final class Directory implements DescribeTopics {
        @Override
        public List<TopicListing> all(RequestContext context) {
            throw new AssertionError("nobody needs all topics");
        }

        @Override
        public CompletionStage<List<TopicListing>> named(
                RequestContext context, List<TopicRef> topics, Creation creation) {
            topics.forEach(topic -> log.add(creation + " " + topic.name()));
            return CompletableFuture.completedFuture(List.of());
        }
    }
}
