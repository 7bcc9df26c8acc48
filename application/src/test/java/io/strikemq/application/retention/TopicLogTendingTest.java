package io.strikemq.application.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.log.TopicLogs.Held;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicLogTendingTest {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final OneBroker broker = new OneBroker(FetchSettings.DEFAULT, later::add);
    private final TopicLogTending tending = new TopicLogTending(broker.partitions, broker.compaction, broker.time);
    private Topic topic;

    @BeforeEach
    void create() {
        broker.settings(Set.of("delete"), new LogLife(1000, -1, 1000, 0, 60_000));
        topic = broker.topic("t", 2);
        broker.partition("t", 0).end();
        broker.partition("t", 1).end();
    }

    @Test
    void aTopicsLogsAreToldOf() {
        append(0, 5000);
        append(0, 6001);
        long size = broker.partition("t", 0).sizeInBytes();

        TopicLogs told = await(tending.describe(OneBroker.CLIENT, topic).toCompletableFuture());
        assertEquals(new TopicLogs(List.of("delete"), List.of(new Held(0, size, 2), new Held(1, 0, 0))), told);
    }

    @Test
    void whatIsTooOldGoesAtOnceAndTheRestStays() {
        append(0, 5000);
        append(0, broker.time.wallClockMillis());
        long size = broker.partition("t", 0).sizeInBytes();

        assertEquals(
                List.of(new RecordsExpired(0, 1, 1, 1, size / 2), new RecordsExpired(1, 0, 0, 0, 0)),
                await(tending.expire(OneBroker.CLIENT, topic).toCompletableFuture()));
        assertEquals(1, broker.partition("t", 0).startOffset());
        assertEquals(size / 2, broker.partition("t", 0).sizeInBytes());
        assertEquals(
                List.of(new RecordsExpired(0, 1, 0, 0, 0), new RecordsExpired(1, 0, 0, 0, 0)),
                await(tending.expire(OneBroker.CLIENT, topic).toCompletableFuture()));
    }

    @Test
    void whereALogBeginsIsToldThoughNothingOfItEverExpires() {
        append(0, 5000);
        append(0, broker.time.wallClockMillis());
        broker.partition("t", 0).deleteBefore(1);
        broker.settings(Set.of("delete"), new LogLife(-1, -1, 1000, 0, 60_000));
        broker.topic("unused", 1);

        assertEquals(
                List.of(new RecordsExpired(0, 1, 0, 0, 0), new RecordsExpired(1, 0, 0, 0, 0)),
                await(tending.expire(OneBroker.CLIENT, topic).toCompletableFuture()));
        assertEquals(
                List.of(new RecordsExpired(0, 0, 0, 0, 0)),
                await(tending.expire(
                                OneBroker.CLIENT, broker.partition("unused", 0).topic())
                        .toCompletableFuture()));
        assertTrue(broker.partition("unused", 0).needsOpening());
    }

    @Test
    void theCallerDoesNotWaitForTheDisk() {
        append(0, 5000);
        CompletableFuture<List<RecordsExpired>> answer =
                tending.expire(OneBroker.CLIENT, topic).toCompletableFuture();
        assertFalse(answer.isDone());
        assertEquals(0, broker.partition("t", 0).startOffset());
        later.remove().run();
        assertFalse(answer.isDone(), "one partition after the other");
        later.remove().run();
        assertEquals(2, answer.join().size());
    }

    @Test
    void aTopicThatIsGoneMeanwhileIsUnknown() {
        broker.topics.delete(topic);
        CompletableFuture<List<RecordsExpired>> answer =
                tending.expire(OneBroker.CLIENT, topic).toCompletableFuture();
        CompletionException failure = assertThrows(CompletionException.class, () -> await(answer));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ((BrokerException) failure.getCause()).error());
    }

    private void append(int partition, long timestamp) {
        broker.partition("t", partition)
                .append(new RecordBatch(new Batch(timestamp).records("a").build(broker.codecs), 0));
    }

    private <T> T await(CompletableFuture<T> answer) {
        while (!later.isEmpty()) {
            later.remove().run();
        }
        return answer.join();
    }
}
