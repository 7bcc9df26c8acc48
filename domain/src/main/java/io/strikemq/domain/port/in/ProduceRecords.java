package io.strikemq.domain.port.in;

import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Appends records to partitions. Callable from any thread, none of which waits for the disk. */
public interface ProduceRecords {
    /**
     * Checks and appends the records of each partition; one partition's failure does not touch the others. With open
     * logs it happens on the calling thread, and the stage is complete when the call returns. Where a topic is created
     * or a log opened first, it happens later, with a copy of the records: their buffers are the caller's again.
     *
     * @return one result a partition, in the order in which the command first names them. It never fails exceptionally
     *     for an expected reason.
     */
    CompletionStage<List<PartitionProduced>> produce(RequestContext context, ProduceCommand command);
}
