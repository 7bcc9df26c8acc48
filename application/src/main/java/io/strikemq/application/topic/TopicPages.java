package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.TopicPage;
import io.strikemq.domain.topic.TopicPageQuery;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells of topics in pages of so many partitions. */
public final class TopicPages implements DescribeTopicPartitions {
    private final TopicRegistry registry;
    private final ClusterView cluster;
    private final int maxPartitions;

    /** No page has more than {@code maxPartitions} partitions, whatever a client asks for. */
    public TopicPages(TopicRegistry registry, ClusterView cluster, int maxPartitions) {
        this.registry = registry;
        this.cluster = cluster;
        this.maxPartitions = maxPartitions;
    }

    @Override
    public TopicPage page(RequestContext context, TopicPageQuery query) {
        TopicPartition from = query.from() == null ? new TopicPartition("", 0) : query.from();
        boolean asksForAll = query.topics().isEmpty();
        TreeSet<String> names = names(query, from);
        if (query.from() != null) {
            check(from, asksForAll || names.contains(from.topic()));
        }
        int room = Math.max(1, Math.min(maxPartitions, query.partitionLimit()));
        List<TopicListing> topics = new ArrayList<>();
        for (String name : names) {
            if (room == 0) {
                return new TopicPage(topics, new TopicPartition(name, 0));
            }
            int first = name.equals(from.topic()) ? from.partition() : 0;
            Optional<Topic> found = registry.find(name);
            if (found.isEmpty()) {
                topics.add(missing(name));
                continue;
            }
            List<PartitionListing> partitions = cluster.partitions(found.get(), first, room);
            topics.add(new TopicListing(TopicRef.byName(name), ErrorCode.NONE, found.get(), partitions));
            room -= partitions.size();
            if (!partitions.isEmpty() && first + partitions.size() < found.get().partitionCount()) {
                return new TopicPage(topics, new TopicPartition(name, first + partitions.size()));
            }
        }
        return new TopicPage(topics, null);
    }

    private TreeSet<String> names(TopicPageQuery query, TopicPartition from) {
        Stream<String> asked =
                query.topics().isEmpty() ? registry.all().stream().map(Topic::name) : query.topics().stream();
        TreeSet<String> names = new TreeSet<>();
        asked.filter(name -> name.compareTo(from.topic()) >= 0).forEach(names::add);
        return names;
    }

    private static void check(TopicPartition from, boolean isAskedFor) {
        if (!isAskedFor) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "The page is to begin at topic '" + from.topic() + "', which is not among those asked for.");
        }
        if (from.partition() < 0) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "The page is to begin at partition " + from.partition() + ".");
        }
    }

    private static TopicListing missing(String name) {
        ErrorCode error = TopicName.fault(name).isPresent()
                ? ErrorCode.INVALID_TOPIC_EXCEPTION
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        return new TopicListing(TopicRef.byName(name), error, null, List.of());
    }
}
