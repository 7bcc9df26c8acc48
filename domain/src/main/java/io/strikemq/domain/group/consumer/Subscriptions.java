package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.consumer.assignor.SubscriptionType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the members of a group want, all together: counted once for a group that does not change. */
final class Subscriptions {
    private final int memberCount;
    /** By topic how many members name it. */
    private final Map<String, Integer> namedBy = new HashMap<>();
    /** By topic how many regular expressions mean it. */
    private final Map<String, Integer> meantBy = new HashMap<>();

    private final Map<String, Integer> regexes = new HashMap<>();
    private final Map<String, Integer> assignors = new HashMap<>();

    Subscriptions(Collection<ConsumerMember> members, Map<String, ResolvedRegex> resolved) {
        memberCount = members.size();
        for (ConsumerMember member : members) {
            member.metadata().topicNames().forEach(topic -> namedBy.merge(topic, 1, Integer::sum));
            if (member.metadata().hasRegex()) {
                regexes.merge(member.metadata().topicRegex(), 1, Integer::sum);
            }
            if (member.metadata().assignorName() != null) {
                assignors.merge(member.metadata().assignorName(), 1, Integer::sum);
            }
        }
        for (ResolvedRegex regex : resolved.values()) {
            regex.topics().forEach(topic -> meantBy.merge(topic, 1, Integer::sum));
        }
    }

    /** The names of all topics that somebody wants. */
    Set<String> topics() {
        if (meantBy.isEmpty()) {
            return namedBy.keySet();
        }
        Set<String> all = new HashSet<>(namedBy.keySet());
        all.addAll(meantBy.keySet());
        return all;
    }

    /** Whether somebody wants the topic. */
    boolean contains(String topic) {
        return namedBy.containsKey(topic) || meantBy.containsKey(topic);
    }

    /** The regular expressions that members have, each once. */
    Set<String> regexes() {
        return regexes.keySet();
    }

    /** How many members have this regular expression. */
    int membersWith(String regex) {
        return regexes.getOrDefault(regex, 0);
    }

    /** The assignor that most members want; empty when nobody wants one. */
    Optional<String> preferredAssignor() {
        return assignors.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** Whether all want the same: all the same names, or all the topics of one regular expression and no others. */
    SubscriptionType type() {
        boolean alike;
        if (regexes.isEmpty()) {
            alike = meantBy.isEmpty() && areAllNamedByAll();
        } else {
            alike = regexes.values().iterator().next() == memberCount
                    && namedBy.isEmpty()
                    && meantBy.values().stream().allMatch(count -> count == 1);
        }
        return alike ? SubscriptionType.HOMOGENEOUS : SubscriptionType.HETEROGENEOUS;
    }

    private boolean areAllNamedByAll() {
        return namedBy.values().stream().allMatch(count -> count == memberCount);
    }
}
