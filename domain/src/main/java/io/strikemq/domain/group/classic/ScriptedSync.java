package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.classic.ConsumerProtocol.MalformedException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a script gives the members of a generation.
 *
 * <p>A partition that another member has kept over the rebalance (KIP-429) waits until that one has given it up: it does so
 * because it does not get it, and joins again by itself.
 *
 * @param assignments by member id, as the members read them
 * @param isWhole     whether everybody gets all that the script says
 */
record ScriptedSync(Map<String, ByteBuffer> assignments, boolean isWhole) {
    /**
     * @param protocol what the members agreed on
     * @param script   the partitions by topic, by member id
     * @throws MalformedException a member does not say what a consumer says
     */
    static ScriptedSync of(
            Collection<ClassicMember> members, String protocol, Map<String, Map<String, Set<Integer>>> script)
            throws MalformedException {
        Map<String, Map<Integer, String>> owners = owners(members, protocol);
        Map<String, ByteBuffer> assignments = new HashMap<>();
        boolean isWhole = true;
        for (ClassicMember member : members) {
            Map<String, Set<Integer>> given = new LinkedHashMap<>();
            for (Map.Entry<String, Set<Integer>> topic :
                    script.getOrDefault(member.id(), Map.of()).entrySet()) {
                Map<Integer, String> ownersOf = owners.getOrDefault(topic.getKey(), Map.of());
                Set<Integer> free = new TreeSet<>(topic.getValue());
                isWhole &=
                        !free.removeIf(partition -> !member.id().equals(ownersOf.getOrDefault(partition, member.id())));
                given.put(topic.getKey(), free);
            }
            short version = ConsumerProtocol.versionOf(member.metadata(protocol));
            assignments.put(member.id(), ConsumerProtocol.assignment(given, version));
        }
        return new ScriptedSync(assignments, isWhole);
    }

    private static Map<String, Map<Integer, String>> owners(Collection<ClassicMember> members, String protocol)
            throws MalformedException {
        Map<String, Map<Integer, String>> owners = new HashMap<>();
        for (ClassicMember member : members) {
            ConsumerProtocol.subscription(member.metadata(protocol))
                    .owned()
                    .forEach((topic, partitions) ->
                            partitions.forEach(each -> owners.computeIfAbsent(topic, name -> new HashMap<>())
                                    .put(each, member.id())));
        }
        return owners;
    }
}
