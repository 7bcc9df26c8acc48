package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The offsets of a commit after a look at their topics, and what each of them is answered. */
final class CheckedCommits {
    private final List<Checked> all;
    private final TopicRegistry topics;
    private final GroupSettings settings;

    private CheckedCommits(List<Checked> all, TopicRegistry topics, GroupSettings settings) {
        this.all = all;
        this.topics = topics;
        this.settings = settings;
    }

    /** {@code topic} is null when there is an error. */
    private record Checked(OffsetCommit commit, Topic topic, ErrorCode error) {
        TopicPartition partition() {
            return new TopicPartition(topic.name(), commit.partition());
        }
    }

    static CheckedCommits of(List<OffsetCommit> commits, TopicRegistry topics, GroupSettings settings) {
        return new CheckedCommits(
                commits.stream().map(commit -> check(commit, topics)).toList(), topics, settings);
    }

    private static Checked check(OffsetCommit commit, TopicRegistry topics) {
        Optional<Topic> topic = topics.find(commit.topic());
        if (topic.isEmpty()) {
            return new Checked(commit, null, unknown(commit.topic()));
        }
        if (commit.partition() < 0 || commit.partition() >= topic.get().partitionCount()) {
            return new Checked(commit, null, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        return new Checked(commit, topic.get(), ErrorCode.NONE);
    }

    private static ErrorCode unknown(TopicRef topic) {
        return topic.isById() ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    /** Whether one of the partitions is there: without any, the group is not asked. */
    boolean isAnyThere() {
        return all.stream().anyMatch(each -> each.error() == ErrorCode.NONE);
    }

    /** What is to be committed; of a partition that is named twice the last one. */
    Map<TopicPartition, CommittedOffset> good(long nowMs) {
        Map<TopicPartition, CommittedOffset> good = new LinkedHashMap<>();
        all.stream()
                .filter(each -> each.error() == ErrorCode.NONE && fits(each.commit()))
                .forEach(each -> good.put(each.partition(), committed(each, nowMs)));
        return good;
    }

    private boolean fits(OffsetCommit offset) {
        return offset.metadata() == null || offset.metadata().length() <= settings.offsetMetadataMaxBytes();
    }

    private static CommittedOffset committed(Checked checked, long nowMs) {
        OffsetCommit offset = checked.commit();
        return new CommittedOffset(
                offset.offset(),
                offset.leaderEpoch(),
                offset.metadata() == null ? "" : offset.metadata(),
                offset.commitTimestamp() == -1 ? nowMs : offset.commitTimestamp(),
                offset.retentionMs() == -1 ? CommittedOffset.NO_EXPIRY : Times.later(nowMs, offset.retentionMs()),
                checked.topic().id());
    }

    /** The answers, where {@code outcome} is what became of all whose partition is there. */
    List<OffsetCommitted> outcomes(ErrorCode outcome) {
        return all.stream().map(each -> outcome(each, outcome)).toList();
    }

    private OffsetCommitted outcome(Checked checked, ErrorCode outcome) {
        ErrorCode error = checked.error();
        if (error == ErrorCode.NONE) {
            error = outcome == ErrorCode.NONE ? committedOrNot(checked) : outcome;
        }
        return new OffsetCommitted(checked.commit().topic(), checked.commit().partition(), error);
    }

    private ErrorCode committedOrNot(Checked checked) {
        if (!fits(checked.commit())) {
            return ErrorCode.OFFSET_METADATA_TOO_LARGE;
        }
        // The topic may have been deleted meanwhile; then nothing was committed, or it is forgotten again.
        return topics.isThere(checked.topic().id())
                ? ErrorCode.NONE
                : unknown(checked.commit().topic());
    }
}
