package io.strikemq.adapter.rest;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import java.util.List;

/** {@code GET /v1/topics/{name}/messages}: looks at messages without a group. */
public final class PeekApi extends RestApi {
    private static final List<String> PARAMETERS = List.of("offset", "limit", "partition", "isolation");

    private static final String UNCOMMITTED = "read_uncommitted";
    private static final String COMMITTED = "read_committed";

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 1000;

    private final TopicLookUp lookUp;
    private final PartitionRanges ranges;
    private final FetchRecords fetch;
    private final CompressionCodecs codecs;

    /** Answers from these ports; {@code codecs} open the batches that clients compressed. */
    public PeekApi(DescribeTopics describe, LookUpOffsets offsets, FetchRecords fetch, CompressionCodecs codecs) {
        this.lookUp = new TopicLookUp(describe);
        this.ranges = new PartitionRanges(offsets);
        this.fetch = fetch;
        this.codecs = codecs;
    }

    @Override
    List<Route> routes() {
        return List.of(Route.get("/v1/topics/{name}/messages", "peek at messages, without a group", this::peek)
                .withParameters(PARAMETERS));
    }

    private Answer peek(RestCall call) {
        long offset = call.number("offset", 0, Long.MAX_VALUE, 0);
        int limit = (int) call.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        int partition = (int) call.number("partition", 0, Integer.MAX_VALUE, 0);
        IsolationLevel isolation = isolation(call);
        RequestContext context = call.context();
        Topic topic = lookUp.find(context, call.pathParameter("name"), Creation.FORBIDDEN);
        TopicLookUp.checkPartition(topic, partition);
        PartitionPeek.PeekSource source = new PartitionPeek.PeekSource(
                query -> Completion.await(fetch.fetch(context, query)),
                () -> ranges.of(context, topic, partition, isolation),
                isolation,
                codecs);
        return new PartitionPeek(source, call.memory(), topic.name(), partition, offset, limit);
    }

    private static IsolationLevel isolation(RestCall call) {
        String word = call.word("isolation", List.of(UNCOMMITTED, COMMITTED), UNCOMMITTED);
        return word.equals(COMMITTED) ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    }
}
