package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.port.in.ResetOffsets;
import java.util.List;

/** {@code /v1/groups/{id}/offsets}. */
public final class GroupOffsetsApi extends RestApi {
    /** Room for each of more than 100,000 partitions. */
    private static final int MAX_BODY = 1 << 20;

    private final ResetOffsets resets;

    /** Answers from this port. */
    public GroupOffsetsApi(ResetOffsets resets) {
        this.resets = resets;
    }

    @Override
    List<Route> routes() {
        return List.of(Route.put(
                        "/v1/groups/{id}/offsets", "reset the committed offsets of a group without members", this::put)
                .withBody(call -> MAX_BODY));
    }

    private record Reset(String groupId, boolean dryRun, List<Row> offsets) {}

    /** What becomes of a partition's offset; {@code requested} and {@code warning} where it is not what was asked for. */
    private record Row(
            String topic,
            int partition,
            Long before,
            long after,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long requested,
            @JsonInclude(JsonInclude.Include.NON_NULL) String warning) {
        static Row of(PartitionReset reset) {
            return new Row(
                    reset.partition().topic(),
                    reset.partition().partition(),
                    reset.before() == PartitionReset.NOTHING ? null : (Long) reset.before(),
                    reset.after(),
                    reset.asked() == reset.after() ? null : (Long) reset.asked(),
                    warning(reset));
        }

        private static String warning(PartitionReset reset) {
            return switch (reset.change()) {
                case NONE -> null;
                case BEFORE_START ->
                    reset.asked() + " is before the start of " + reset.partition() + ", which is taken: "
                            + reset.after();
                case BEYOND_END ->
                    reset.asked() + " is beyond the end of " + reset.partition() + ", which is taken: " + reset.after();
                case NO_RECORD_SINCE ->
                    "no message of " + reset.partition() + " is as new, its end is taken: " + reset.after();
            };
        }
    }

    private Answer put(RestCall call) {
        String groupId = call.pathParameter("id");
        ResetBody wanted = ResetBody.read(call.body());
        OffsetReset reset = wanted.toReset(groupId);
        try {
            List<Row> rows = Completion.await(resets.reset(call.context(), reset)).stream()
                    .map(Row::of)
                    .toList();
            return Answer.ok(new Reset(groupId, wanted.isDryRun(), rows));
        } catch (BrokerException refused) {
            if (refused.error() == ErrorCode.GROUP_ID_NOT_FOUND) {
                throw GroupLookUp.unknown(groupId);
            }
            throw refused;
        }
    }
}
