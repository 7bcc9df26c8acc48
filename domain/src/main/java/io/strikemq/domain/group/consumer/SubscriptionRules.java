package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What follows from what a member says that it wants. */
final class SubscriptionRules {
    /** Regular expressions are looked at again this much later at the earliest, however many topics come. */
    static final Duration SHORTEST_REFRESH = Duration.ofSeconds(10);

    private final Duration refreshInterval;
    private final Topics topics;
    private final Targets targets;
    private final UnaryOperator<String> faultOfRegex;

    /** {@code faultOfRegex}: what is wrong with a regular expression; null when it is one. */
    SubscriptionRules(Duration refreshInterval, Topics topics, Targets targets, UnaryOperator<String> faultOfRegex) {
        this.refreshInterval = refreshInterval;
        this.topics = topics;
        this.targets = targets;
        this.faultOfRegex = faultOfRegex;
    }

    /** What became of a member's regular expression. */
    enum RegexChange {
        NONE,
        /** It is another one, and what it means is not known yet. */
        CHANGED,
        /** It is another one, or none, and it is known what that means. */
        CHANGED_AND_KNOWN
    }

    /** Writes down what a member says; true when it names other topics than before. */
    boolean say(ConsumerGroupDraft group, ConsumerMember before, ConsumerMember now) {
        if (now.equals(before)) {
            return false;
        }
        group.say(now);
        return !now.metadata().topicNames().equals(before.metadata().topicNames());
    }

    /** Looks at a member's regular expression, and has all of the group looked up when it is time. */
    RegexChange changeRegex(ConsumerGroupDraft group, String oldRegex, String newRegex) {
        RegexChange change = RegexChange.NONE;
        boolean isUnknown = false;
        Subscriptions wantedBefore = group.before().subscriptions();
        if (!oldRegex.equals(newRegex)) {
            change = newRegex.isEmpty() ? RegexChange.CHANGED_AND_KNOWN : RegexChange.CHANGED;
            if (!oldRegex.isEmpty() && wantedBefore.membersWith(oldRegex) == 1) {
                group.regex(oldRegex, null);
            }
            if (!newRegex.isEmpty() && wantedBefore.membersWith(newRegex) == 0) {
                refuseFaulty(newRegex);
                isUnknown = true;
            } else if (!newRegex.isEmpty() && group.before().regexes().containsKey(newRegex)) {
                change = RegexChange.CHANGED_AND_KNOWN;
            }
        }
        if (isUnknown || !wantedBefore.regexes().isEmpty()) {
            lookUpWhenDue(group, isUnknown);
        }
        return change;
    }

    private void refuseFaulty(String regex) {
        String fault = faultOfRegex.apply(regex);
        if (fault != null) {
            throw new BrokerException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "SubscribedTopicRegex `" + regex + "` is not a valid regular expression: " + fault + ".");
        }
    }

    private void lookUpWhenDue(ConsumerGroupDraft group, boolean isUnknown) {
        Map<String, ResolvedRegex> known = group.before().regexes();
        ResolvedRegex last = known.isEmpty() ? null : known.values().iterator().next();
        if (group.before().passing().isResolving()
                || last != null && group.nowMs() - last.timestamp() <= SHORTEST_REFRESH.toMillis()) {
            return;
        }
        Set<String> wanted = new HashSet<>(group.subscriptions().regexes());
        boolean isDue = isUnknown
                || wanted.size() != known.size()
                || last == null
                || last.version() < topics.creations()
                || group.nowMs() - last.timestamp() > refreshInterval.toMillis();
        if (isDue && !wanted.isEmpty()) {
            group.resolving(true);
            group.effect(new GroupEffect.ResolveTopics(wanted));
        }
    }

    /** It was found out what the regular expressions mean: those that somebody still has are kept. */
    void resolved(ConsumerGroupDraft group, ConsumerGroupEvent.TopicsResolved found) {
        group.resolving(false);
        boolean isNew = false;
        Subscriptions wanted = group.before().subscriptions();
        for (Map.Entry<String, Set<String>> entry : found.topics().entrySet()) {
            if (wanted.membersWith(entry.getKey()) > 0) {
                ResolvedRegex before = group.before().regexes().get(entry.getKey());
                Set<String> topicsBefore = before == null ? Set.of() : before.topics();
                isNew |= !topicsBefore.equals(entry.getValue());
                group.regex(entry.getKey(), new ResolvedRegex(entry.getValue(), found.version(), found.timestamp()));
            }
        }
        lookAtTopics(group, isNew);
    }

    /** Comes to a new epoch when that is to be, or when the topics that the group wants look different from before. */
    void lookAtTopics(ConsumerGroupDraft group, boolean bump) {
        long version = topics.version();
        long hash = targets.hash(group.subscriptions().topics());
        if (bump || hash != group.before().metadataHash()) {
            group.nextEpoch(hash);
        }
        group.sawTopics(version);
        if (group.before().hasPartitionMetadata()) {
            group.forgetPartitionMetadata();
        }
    }

    /** Whether any topic has changed since the group last looked. */
    boolean areTopicsNew(ConsumerGroup group) {
        return group.passing().topicsVersion() != topics.version();
    }

    /** Whether another assignor counts, after a member has said something. */
    boolean isAssignorNew(ConsumerGroupDraft group, ConsumerMember before, ConsumerMember now) {
        boolean mayBe = !now.equals(before);
        return mayBe
                && !targets.assignor(group.before().subscriptions()).equals(targets.assignor(group.subscriptions()));
    }
}
