package io.strikemq.application.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Partitions that take markers, or do not. */
final class RememberedMarkers implements WriteTransactionMarkers {
    /** A marker in a partition. */
    record Written(TopicPartition partition, TransactionMarker marker) {}

    final List<Written> written = new ArrayList<>();
    private final Map<TopicPartition, ErrorCode> failures = new HashMap<>();
    private RuntimeException bug;
    private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    void fail(TopicPartition partition, ErrorCode error) {
        failures.put(partition, error);
    }

    void repair() {
        failures.clear();
        bug = null;
    }

    void breakWith(RuntimeException unexpected) {
        bug = unexpected;
    }

    /** From now on markers are written when the future that is returned is complete, as when logs have to be opened. */
    CompletableFuture<Void> later() {
        gate = new CompletableFuture<>();
        return gate;
    }

    @Override
    public CompletionStage<List<MarkersWritten>> write(RequestContext context, List<MarkerCommand> commands) {
        if (bug != null) {
            throw bug;
        }
        return gate.thenApply(open -> commands.stream().map(this::write).toList());
    }

    private MarkersWritten write(MarkerCommand command) {
        Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
        for (TopicPartition partition : command.partitions()) {
            ErrorCode error = failures.getOrDefault(partition, ErrorCode.NONE);
            if (error == ErrorCode.NONE) {
                written.add(new Written(partition, command.marker()));
            }
            errors.put(partition, error);
        }
        return new MarkersWritten(command.marker().producer().id(), errors);
    }
}
