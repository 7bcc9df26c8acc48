package io.strikemq.application.journal;

import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.log.RecordsExpired;
import io.strikemq.domain.log.TopicLogs;
import io.strikemq.domain.port.in.TendLogs;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Retention and compaction at once, where what goes by retention is told; what goes by compaction is told by compaction itself. */
public final class ToldTending implements TendLogs {
    private final TendLogs logs;
    private final Events events;

    /** Has {@code logs} do it, and tells {@code events}. */
    public ToldTending(TendLogs logs, Events events) {
        this.logs = logs;
        this.events = events;
    }

    @Override
    public CompletionStage<TopicLogs> describe(RequestContext context, Topic topic) {
        return logs.describe(context, topic);
    }

    @Override
    public CompletionStage<List<RecordsExpired>> expire(RequestContext context, Topic topic) {
        return logs.expire(context, topic).thenApply(all -> {
            all.stream()
                    .filter(expired -> expired.offsets() > 0)
                    .forEach(expired -> events.happened(Happening.ofTopic(
                            Kind.RECORDS_REMOVED,
                            topic.name(),
                            topic.name() + "-" + expired.partition() + " starts at offset " + expired.startOffset()
                                    + " now: retention was asked for by " + Who.of(context))));
            return all;
        });
    }

    @Override
    public CompletionStage<List<RecordsCompacted>> compact(RequestContext context, Topic topic) {
        return logs.compact(context, topic);
    }
}
