package io.strikemq.domain.port.in;

import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Appends records to partitions. Callable from any thread. */
public interface ProduceRecords {
    /**
     * Checks and appends the records of each partition on the calling thread; one partition's failure does not touch
     * the others.
     *
     * @return one result a partition, in the order in which the command first names them; complete already when storage
     *     is local. It never fails exceptionally for an expected reason.
     */
    CompletionStage<List<PartitionProduced>> produce(RequestContext context, ProduceCommand command);
}
