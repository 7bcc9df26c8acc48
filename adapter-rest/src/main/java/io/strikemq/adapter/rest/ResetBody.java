package io.strikemq.adapter.rest;

import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.ResetTarget;
import io.strikemq.domain.topic.admin.Mode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The body of a reset:
 *
 * <pre>
 * {"to": "earliest", "topics": [{"topic": "orders", "partitions": [0, 1]}, …], "dry_run": true, "members": "refuse"}
 * </pre>
 *
 * <p>with one of {@code to}, {@code to_offset}, {@code to_time} and {@code shift_by}. The rest may be left out: then it is all
 * partitions of a topic, all partitions that have a committed offset, no dry run, and no group with members.
 */
record ResetBody(
        String to, Long toOffset, JsonValue toTime, Long shiftBy, List<Topic> topics, Boolean dryRun, String members) {
    private static final String EARLIEST = "earliest";
    private static final String LATEST = "latest";
    private static final String TARGETS = "'to', 'to_offset', 'to_time' and 'shift_by'";

    /** A topic, and those of its partitions that are meant; null for all. */
    record Topic(String topic, List<Integer> partitions) {}

    /** Reads a body, and checks it. */
    static ResetBody read(ByteBuffer json) {
        ResetBody body = Json.read(json, ResetBody.class);
        if (body == null) {
            throw Failures.malformed("the body must be an object with one of the fields " + TARGETS);
        }
        body.check();
        return body;
    }

    private void check() {
        long targets = Stream.of(to, toOffset, toTime, shiftBy)
                .filter(Objects::nonNull)
                .count();
        if (targets != 1) {
            throw Failures.malformed(
                    "the body must have one of the fields " + TARGETS + (targets == 0 ? "" : ", not " + targets));
        }
        if (topics == null) {
            return;
        }
        refuseEmpty(topics, "topics", "topics that have committed offsets");
        for (int i = 0; i < topics.size(); i++) {
            check(topics.get(i), "topics[" + i + "]");
        }
    }

    private static void check(Topic topic, String where) {
        if (topic == null) {
            throw Failures.malformed(where + " must be an object");
        }
        if (topic.topic() == null) {
            throw Failures.malformed(where + ".topic is missing");
        }
        if (topic.partitions() == null) {
            return;
        }
        refuseEmpty(topic.partitions(), where + ".partitions", "partitions");
        if (topic.partitions().stream().anyMatch(partition -> partition == null || partition < 0)) {
            throw Failures.malformed(where + ".partitions must be whole numbers from 0 on");
        }
    }

    /** Nothing is not all: who filters a list down to nothing means no partition. */
    private static void refuseEmpty(List<?> list, String where, String what) {
        if (list.isEmpty()) {
            throw Failures.malformed(where + " is empty: leave it out for all " + what);
        }
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** The same in the domain's terms. */
    OffsetReset toReset(String groupId) {
        List<OffsetReset.Topic> named = topics == null
                ? null
                : topics.stream()
                        .map(topic -> new OffsetReset.Topic(topic.topic(), topic.partitions()))
                        .toList();
        return new OffsetReset(groupId, target(), named, isDryRun() ? Mode.VALIDATE_ONLY : Mode.APPLY, toMembers());
    }

    private OffsetReset.Members toMembers() {
        if (members == null) {
            return OffsetReset.Members.REFUSED;
        }
        return switch (members) {
            case "refuse" -> OffsetReset.Members.REFUSED;
            case "keep" -> OffsetReset.Members.KEPT;
            case "expel" -> OffsetReset.Members.EXPELLED;
            default ->
                throw Failures.malformed("members must be \"refuse\", \"keep\" or \"expel\", not \"" + members + "\"");
        };
    }

    private ResetTarget target() {
        if (toOffset != null) {
            return ResetTarget.offset(toOffset);
        }
        if (shiftBy != null) {
            return ResetTarget.shift(shiftBy);
        }
        if (toTime != null) {
            return ResetTarget.time(TimeFields.moment(toTime, "to_time"));
        }
        return switch (to) {
            case EARLIEST -> ResetTarget.EARLIEST;
            case LATEST -> ResetTarget.LATEST;
            default -> throw Failures.malformed("to must be \"earliest\" or \"latest\", not \"" + to + "\"");
        };
    }
}
