package io.strikemq.application.fetch;

import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A partition as requests name it. */
record PartitionKey(TopicRef topic, int partition) {
    static PartitionKey of(PartitionQuery query) {
        return new PartitionKey(query.topic(), query.partition());
    }

    static PartitionKey of(PartitionFetched fetched) {
        return new PartitionKey(fetched.topic(), fetched.partition());
    }

    /** Each partition once: as in Kafka, what is said of it last counts, in the place where it was named first. */
    static List<PartitionQuery> eachOnce(List<PartitionQuery> queries) {
        if (queries.size() < 2) {
            return queries;
        }
        Map<PartitionKey, PartitionQuery> last = new LinkedHashMap<>();
        queries.forEach(query -> last.put(of(query), query));
        return last.size() == queries.size() ? queries : new ArrayList<>(last.values());
    }
}
