package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A consumer in a session learns as much as one that always asks for everything, and nothing twice. */
class FetchSessionProperties {
    private static final int PARTITIONS = 4;

    private final Map<Integer, Long> positions = new HashMap<>();
    private final Map<Integer, Long> knownHighWatermarks = new HashMap<>();
    private final Map<Integer, List<String>> consumed = new HashMap<>();

    @Property(tries = 150)
    void incrementalAnswersAddUpToTheFullOne(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 11) Integer> events,
            @ForAll @IntRange(min = 1, max = 400) int maxBytes) {
        forgetTheLastTry();
        OneBroker broker = new OneBroker();
        broker.topic("t", PARTITIONS);
        Map<Integer, List<String>> produced = new HashMap<>();
        int id = 0;
        int epoch = 0;
        List<Integer> moved = List.of(0, 1, 2, 3);
        for (int event : events) {
            if (event < 2 * PARTITIONS) {
                String value = "value " + event + " " + produced.size();
                broker.produce("t", event % PARTITIONS, value);
                produced.computeIfAbsent(event % PARTITIONS, any -> new ArrayList<>())
                        .add(value);
            } else {
                FetchResult result = broker.read(request(id, epoch, moved, maxBytes));
                moved = take(broker, result);
                id = result.sessionId();
                epoch++;
            }
        }
        for (int round = 0; round < events.size() + 2; round++) {
            FetchResult result = broker.read(request(id, epoch++, moved, maxBytes));
            moved = take(broker, result);
            id = result.sessionId();
        }
        assertEquals(produced, consumed, "everything once and in order");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long highWatermark = broker.partition("t", partition).end().highWatermark();
            assertEquals(highWatermark, knownHighWatermarks.get(partition));
        }
        assertTrue(broker.read(request(id, epoch, moved, maxBytes)).partitions().isEmpty(), "there is no more news");
    }

    private void forgetTheLastTry() {
        positions.clear();
        knownHighWatermarks.clear();
        consumed.clear();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            positions.put(partition, 0L);
        }
    }

    /** As Kafka's consumer does: names only the partitions whose position changed. */
    private Reading request(int id, int epoch, List<Integer> moved, int maxBytes) {
        Reading reading = new Reading().atMost(maxBytes).session(id, epoch);
        for (int partition : moved) {
            reading.from("t", partition, positions.get(partition));
        }
        return reading;
    }

    private List<Integer> take(OneBroker broker, FetchResult result) {
        assertEquals(ErrorCode.NONE, result.error());
        List<Integer> moved = new ArrayList<>();
        for (PartitionFetched fetched : result.partitions()) {
            List<String> values = Reading.values(broker, fetched);
            boolean news = !values.isEmpty()
                    || !Long.valueOf(fetched.highWatermark()).equals(knownHighWatermarks.get(fetched.partition()));
            assertTrue(news, "a partition without news");
            knownHighWatermarks.put(fetched.partition(), fetched.highWatermark());
            if (!values.isEmpty()) {
                consumed.computeIfAbsent(fetched.partition(), any -> new ArrayList<>())
                        .addAll(values);
                positions.merge(fetched.partition(), (long) values.size(), Long::sum);
                moved.add(fetched.partition());
            }
        }
        result.release();
        return moved;
    }
}
