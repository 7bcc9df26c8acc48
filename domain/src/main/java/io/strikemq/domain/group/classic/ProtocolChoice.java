package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.classic.JoinCommand.Protocol;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which protocol a generation uses: each member votes for its favourite among those that all members support. */
final class ProtocolChoice {
    private ProtocolChoice() {}

    /** The protocol with the most votes; there must be a member. */
    static String of(Collection<ClassicMember> members) {
        Set<String> candidates = supportedByAll(members);
        // A HashMap on purpose: the first of equals in its order is what Kafka picks.
        Map<String, Integer> votes = new HashMap<>();
        members.forEach(member -> votes.merge(member.vote(candidates), 1, Integer::sum));
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new IllegalStateException("nobody votes in a group without members"))
                .getKey();
    }

    /** Whether somebody who speaks these protocols could take part. */
    static boolean admits(
            ClassicGroup.Generation generation,
            Collection<ClassicMember> members,
            String type,
            Collection<Protocol> spoken) {
        if (type == null || type.isEmpty() || spoken.isEmpty()) {
            return false;
        }
        if (members.isEmpty()) {
            return true;
        }
        Set<String> common = supportedByAll(members);
        return type.equals(generation.protocolType())
                && spoken.stream().map(Protocol::name).anyMatch(common::contains);
    }

    private static Set<String> supportedByAll(Collection<ClassicMember> members) {
        return members.iterator().next().memberMetadata().protocols().stream()
                .map(Protocol::name)
                .filter(name -> members.stream().allMatch(member -> member.supports(name)))
                .collect(Collectors.toSet());
    }
}
