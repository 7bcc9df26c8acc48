package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.fault.FaultPlan.Refused;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.RowError;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The errors with which faults answer a request, as this API says them.
 *
 * @param isWhole whether nothing of the request is left besides
 * @param answer  all of them; null when the request asks for no answer
 */
record Refusals(boolean isWhole, ResponseMessage answer) {
    /**
     * Says the errors of a request: for each row the first that is about it; of the whole where one names no rows, or the
     * API's answer has none.
     *
     * @param names what the request names
     */
    static <Q extends RequestMessage> Refusals of(
            ApiCall<Q> call, List<NamedRow> names, List<Refused> refused, Function<UUID, String> topicNames) {
        Refused whole = whole(refused, names);
        if (whole != null) {
            return whole(call, whole);
        }
        ResponseMessage answer = null;
        for (Refused each : refused) {
            Predicate<NamedRow> rows = row -> first(refused, row) == each;
            if (names.stream().noneMatch(rows)) {
                continue;
            }
            ResponseMessage those = call.api()
                    .refusalOfRows(call.request(), call.version(), new RowReader(topicNames, rows), each.error());
            if (those == null || isOfTheWhole(those, topicNames)) {
                return whole(call, each);
            }
            answer = answer == null ? those : answer.join(those);
        }
        return new Refusals(names.stream().allMatch(row -> first(refused, row) != null), answer);
    }

    private static <Q extends RequestMessage> Refusals whole(ApiCall<Q> call, Refused refused) {
        return new Refusals(true, call.api().refusal(call.request(), call.version(), refused.error(), null));
    }

    /** The first error, when it is about no rows. */
    private static Refused whole(List<Refused> refused, List<NamedRow> names) {
        Refused first = refused.get(0);
        return names.isEmpty() || first.match().isAboutTheWhole() ? first : null;
    }

    /** The error of a row; null when there is none. */
    static Refused first(List<Refused> refused, NamedRow row) {
        for (Refused each : refused) {
            if (each.match().matches(row)) {
                return each;
            }
        }
        return null;
    }

    private static boolean isOfTheWhole(ResponseMessage answer, Function<UUID, String> topicNames) {
        RowReader reader = new RowReader(topicNames, row -> true);
        answer.errors(reader);
        return reader.errors().stream().map(RowError::row).anyMatch(NamedRow::isWhole);
    }
}
