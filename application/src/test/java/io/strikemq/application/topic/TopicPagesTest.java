package io.strikemq.application.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicPage;
import io.strikemq.domain.topic.TopicPageQuery;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicPagesTest {
    private static final int MAX = 6;

    private final TopicFixture broker = TopicFixture.usual();
    private final TopicPages pages = new TopicPages(
            broker.registry, new ClusterView(new ClusterDescription("AAAAAAAAAAAAAAAAAAAAAA", 0, List.of(0))), MAX);

    @BeforeEach
    void threeTopics() {
        broker.existing("b", 2);
        broker.existing("a", 3);
        broker.existing("c", 4);
    }

    @Test
    void topicsAreToldByNameEachOnce() {
        TopicPage page = page(List.of("b", "a", "b"), 100, null);

        assertEquals(List.of("a 0 1 2", "b 0 1"), told(page));
        assertNull(page.next());
    }

    @Test
    void whatIsMissingIsToldInItsPlaceWhenTopicsWereNamed() {
        TopicPage page = page(List.of("b", "aa", "a b"), 100, null);

        assertEquals(List.of("a b", "aa", "b 0 1"), told(page));
        assertEquals(
                List.of(ErrorCode.INVALID_TOPIC_EXCEPTION, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE),
                page.topics().stream().map(TopicListing::error).toList());
    }

    @Test
    void aPageEndsWithinATopicOrBeforeOneAndNeverIsLongerThanTheBrokersLimit() {
        assertEquals(
                new TopicPartition("a", 2), page(List.of("a", "b"), 2, null).next());
        assertEquals(
                new TopicPartition("b", 0), page(List.of("a", "b"), 3, null).next());
        assertEquals(
                new TopicPartition("aa", 0), page(List.of("a", "aa"), 3, null).next());
        assertEquals(new TopicPartition("a", 1), page(List.of("a"), 0, null).next());
        assertEquals(new TopicPartition("a", 1), page(List.of("a"), -7, null).next());
        assertEquals(
                new TopicPartition("c", 1),
                page(List.of(), Integer.MAX_VALUE, null).next());
    }

    @Test
    void thePagesTogetherTellAllOfAllTopics() {
        for (int limit = 1; limit <= MAX; limit++) {
            List<String> told = new ArrayList<>();
            TopicPartition from = null;
            do {
                TopicPage page = page(List.of(), limit, from);
                for (TopicListing topic : page.topics()) {
                    topic.partitions().forEach(each -> told.add(topic.ref().name() + each.partition()));
                }
                from = page.next();
            } while (from != null);
            assertEquals(List.of("a0", "a1", "a2", "b0", "b1", "c0", "c1", "c2", "c3"), told);
        }
    }

    @Test
    void aPageMayBeginBehindATopicsLastPartition() {
        assertEquals(List.of("a", "b 0 1"), told(page(List.of("a", "b"), 9, new TopicPartition("a", 3))));
        assertEquals(
                List.of("a", "b 0 1"), told(page(List.of("a", "b"), 9, new TopicPartition("a", Integer.MAX_VALUE))));
        assertEquals(List.of("b 0 1", "c 0 1 2 3"), told(page(List.of(), 9, new TopicPartition("aa", 7))));
    }

    @Test
    void aPageThatCannotBeginThereIsRefused() {
        assertRefused(List.of("a"), new TopicPartition("a", -1));
        assertRefused(List.of(), new TopicPartition("a", -1));
        assertRefused(List.of("b"), new TopicPartition("a", 0));
        assertRefused(List.of("a"), new TopicPartition("", 0));
    }

    private void assertRefused(List<String> topics, TopicPartition from) {
        BrokerException refusal = assertThrows(BrokerException.class, () -> page(topics, 9, from));
        assertEquals(ErrorCode.INVALID_REQUEST, refusal.error());
    }

    private TopicPage page(List<String> topics, int limit, TopicPartition from) {
        return pages.page(TopicFixture.ANYONE, new TopicPageQuery(topics, limit, from));
    }

    private static List<String> told(TopicPage page) {
        return page.topics().stream()
                .map(topic -> topic.partitions().stream()
                        .map(PartitionListing::partition)
                        .map(String::valueOf)
                        .reduce(topic.ref().name(), (line, partition) -> line + " " + partition))
                .toList();
    }
}
