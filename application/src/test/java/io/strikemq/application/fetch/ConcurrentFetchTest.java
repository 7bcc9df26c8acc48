package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.fetch.FetchResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real threads: an append that comes between a consumer's read and its wait is not missed. */
class ConcurrentFetchTest {
    private static final int RECORDS = 3000;

    @Test
    @Timeout(60)
    void consumersThatWaitOnlyForAppendsMissNone() throws Exception {
        OneBroker broker = new OneBroker();
        broker.topic("t", 2);
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<List<String>>> consumers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                consumers.add(threads.submit(() -> consume(broker)));
            }
            for (int partition = 0; partition < 2; partition++) {
                int number = partition;
                threads.submit(() -> {
                    for (int i = 0; i < RECORDS; i++) {
                        broker.produce("t", number, number + ":" + i);
                    }
                });
            }
            for (Future<List<String>> consumer : consumers) {
                assertEquals(2 * RECORDS, consumer.get().size());
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
        assertEquals(0, broker.logs.heldSlices());
        assertEquals(0, broker.time.pendingDeadlines());
    }

    /** The time stands still: the deadline never helps. */
    private static List<String> consume(OneBroker broker) throws Exception {
        List<String> values = new ArrayList<>();
        long[] positions = new long[2];
        while (values.size() < 2 * RECORDS) {
            FetchResult result = broker.fetch(new Reading()
                            .waiting(Duration.ofDays(1))
                            .from("t", 0, positions[0])
                            .from("t", 1, positions[1]))
                    .get();
            for (int partition = 0; partition < 2; partition++) {
                List<String> found = Reading.values(broker, result.partitions().get(partition));
                for (String value : found) {
                    assertEquals(partition + ":" + positions[partition]++, value);
                }
                values.addAll(found);
            }
            result.release();
        }
        return values;
    }
}
