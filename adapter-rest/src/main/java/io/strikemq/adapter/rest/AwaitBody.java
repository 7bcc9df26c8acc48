package io.strikemq.adapter.rest;

import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Condition.PartitionsAssigned;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.Condition.StableGroup;
import io.strikemq.domain.await.OfTransaction;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The body of a wait, with one condition:
 *
 * <pre>
 * {"group_stable": {"group": "billing", "members": 2}, "timeout_ms": 5000}
 * </pre>
 */
record AwaitBody(
        Long timeoutMs,
        Stable groupStable,
        GroupName groupExists,
        GroupName groupEmpty,
        GroupName groupGone,
        Assigned partitionsAssigned,
        Lag noLag,
        Committed offsetCommitted,
        TopicName topicExists,
        TopicName topicGone,
        Records records,
        Over transactionOver) {
    private static final long DEFAULT_MS = 30_000;
    private static final long MOST_MS = 600_000;
    private static final String CONDITIONS = "'group_stable', 'group_exists', 'group_empty', 'group_gone',"
            + " 'partitions_assigned', 'no_lag', 'offset_committed', 'topic_exists', 'topic_gone', 'records' and"
            + " 'transaction_over'";

    /** A part of the body that is one condition. */
    private interface Wanted {
        Condition condition();
    }

    record Stable(String group, Integer members) implements Wanted {
        @Override
        public Condition condition() {
            StableGroup stable =
                    Condition.group(named(group, "group_stable.group")).isStable();
            if (members != null && members < 1) {
                throw Failures.malformed("group_stable.members must be a whole number from 1 on, not " + members);
            }
            return members == null ? stable : stable.withMembers(members);
        }
    }

    record GroupName(String group) {
        String named(String condition) {
            return AwaitBody.named(group, condition + ".group");
        }
    }

    record TopicName(String topic) {
        String named(String condition) {
            return AwaitBody.named(topic, condition + ".topic");
        }
    }

    record Partition(String topic, Integer partition) {
        TopicPartition named(String where) {
            return new TopicPartition(
                    AwaitBody.named(topic, where + ".topic"), AwaitBody.number(partition, where + ".partition"));
        }
    }

    record Assigned(String group, String topic, List<Partition> partitions, String member) implements Wanted {
        @Override
        public Condition condition() {
            String where = "partitions_assigned";
            named(group, where + ".group");
            if ((topic == null) == (partitions == null || partitions.isEmpty())) {
                throw Failures.malformed(where + " must have either 'topic' or 'partitions'");
            }
            List<TopicPartition> named = topic != null
                    ? List.of()
                    : partitions.stream()
                            .map(each -> {
                                if (each == null) {
                                    throw Failures.malformed(where + ".partitions must be objects");
                                }
                                return each.named(where + ".partitions");
                            })
                            .toList();
            return new PartitionsAssigned(group, topic, named, member);
        }
    }

    record Lag(String group, String topic) implements Wanted {
        @Override
        public Condition condition() {
            return new Condition.NoLag(named(group, "no_lag.group"), topic);
        }
    }

    record Committed(String group, String topic, Integer partition, Long offset) implements Wanted {
        @Override
        public Condition condition() {
            String where = "offset_committed";
            if (offset == null) {
                throw Failures.malformed(where + ".offset is missing");
            }
            return Condition.group(named(group, where + ".group"))
                    .hasCommitted(named(topic, where + ".topic"), number(partition, where + ".partition"), offset);
        }
    }

    record Records(String topic, Integer count, Integer partition, String isolation, RecordMatch where)
            implements Wanted {
        @Override
        public Condition condition() {
            if (count == null || count < 1) {
                throw Failures.malformed("records.count must be a whole number from 1 on, not " + count);
            }
            RecordsInTopic wanted =
                    Condition.topic(named(topic, "records.topic")).hasRecords(count);
            if (partition != null) {
                wanted = wanted.inPartition(number(partition, "records.partition"));
            }
            if ("read_uncommitted".equals(isolation)) {
                wanted = wanted.orUncommitted();
            } else if (isolation != null && !isolation.equals("read_committed")) {
                throw Failures.malformed("records.isolation must be \"read_committed\" or \"read_uncommitted\", not \""
                        + isolation + "\"");
            }
            return where == null ? wanted : wanted.matching(where.words(), where.predicate("records.where"));
        }
    }

    record Over(String transactionalId, String outcome) implements Wanted {
        @Override
        public Condition condition() {
            OfTransaction id = Condition.transaction(named(transactionalId, "transaction_over.transactional_id"));
            if (outcome == null) {
                return id.isOver();
            }
            return switch (outcome) {
                case "committed" -> id.isCommitted();
                case "aborted" -> id.isAborted();
                default ->
                    throw Failures.malformed(
                            "transaction_over.outcome must be \"committed\" or \"aborted\", not \"" + outcome + "\"");
            };
        }
    }

    /** Reads a body, and checks it. */
    static AwaitBody read(ByteBuffer json) {
        AwaitBody body = Json.read(json, AwaitBody.class);
        long wanted = body == null ? 0 : body.parts().filter(Objects::nonNull).count();
        if (body == null || wanted != 1) {
            throw Failures.malformed(
                    "the body must be an object with one of the fields " + CONDITIONS + ", not " + wanted);
        }
        if (body.timeoutMs != null && (body.timeoutMs < 0 || body.timeoutMs > MOST_MS)) {
            throw Failures.malformed(
                    "timeout_ms must be a whole number from 0 to " + MOST_MS + ", not " + body.timeoutMs);
        }
        return body;
    }

    private Stream<Object> parts() {
        return Stream.of(
                groupStable,
                groupExists,
                groupEmpty,
                groupGone,
                partitionsAssigned,
                noLag,
                offsetCommitted,
                topicExists,
                topicGone,
                records,
                transactionOver);
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMs == null ? DEFAULT_MS : timeoutMs);
    }

    /** The same in the domain's terms. */
    Condition condition() {
        if (groupExists != null) {
            return Condition.group(groupExists.named("group_exists")).exists();
        }
        if (groupEmpty != null) {
            return Condition.group(groupEmpty.named("group_empty")).isEmpty();
        }
        if (groupGone != null) {
            return Condition.group(groupGone.named("group_gone")).isGone();
        }
        if (topicExists != null) {
            return Condition.topic(topicExists.named("topic_exists")).exists();
        }
        if (topicGone != null) {
            return Condition.topic(topicGone.named("topic_gone")).isGone();
        }
        return Stream.<Wanted>of(groupStable, partitionsAssigned, noLag, offsetCommitted, records, transactionOver)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .condition();
    }

    private static String named(String name, String where) {
        if (name == null) {
            throw Failures.malformed(where + " is missing");
        }
        return name;
    }

    private static int number(Integer number, String where) {
        if (number == null || number < 0) {
            throw Failures.malformed(where + " must be a whole number from 0 on, not " + number);
        }
        return number;
    }
}
