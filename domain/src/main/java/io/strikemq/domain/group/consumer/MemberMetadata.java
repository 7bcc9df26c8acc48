package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.GroupEvent.Client;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a member of a consumer group has said of itself.
 *
 * @param instanceId         of a static member; null for a dynamic one
 * @param rackId             may be null
 * @param rebalanceTimeoutMs how long it may take the member to give up partitions; -1 before it said so
 * @param topicNames         the topics that it names
 * @param topicRegex         the regular expression of more topics; empty for none
 * @param assignorName       the server's assignor that it wants; null for any
 * @param classic            set for a member that speaks the classic protocol
 */
public record MemberMetadata(
        String instanceId,
        String rackId,
        Client client,
        int rebalanceTimeoutMs,
        Set<String> topicNames,
        String topicRegex,
        String assignorName,
        ClassicProtocols classic) {
    /** A member that has said nothing. */
    static final MemberMetadata NONE = new MemberMetadata(null, null, new Client("", ""), -1, Set.of(), "", null, null);

    public MemberMetadata {
        topicNames = Collections.unmodifiableSet(new TreeSet<>(topicNames));
        topicRegex = topicRegex == null ? "" : topicRegex;
    }

    /** What a member that speaks the classic protocol has said beside: what it supports, in the order of its preference. */
    public record ClassicProtocols(Duration sessionTimeout, List<Protocol> protocols) {
        public ClassicProtocols {
            protocols = List.copyOf(protocols);
        }

        /** The name of the protocol that it likes best. */
        public String preferred() {
            return protocols.get(0).name();
        }

        /** Whether a protocol of this name is among them. */
        public boolean supports(String name) {
            return protocols.stream().anyMatch(protocol -> protocol.name().equals(name));
        }
    }

    /** A client-side assignor's name and what the member tells it; only read. */
    public record Protocol(String name, ByteBuffer metadata) {}

    /** Whether it speaks the classic protocol. */
    public boolean isClassic() {
        return classic != null;
    }

    /** Whether it wants the topics of a regular expression. */
    boolean hasRegex() {
        return !topicRegex.isEmpty();
    }

    /** The same member after a heartbeat; it speaks the consumer protocol. */
    MemberMetadata after(ConsumerHeartbeat said, Client from) {
        if (!isClassic() && from.equals(client) && said.saysNothingOfItself()) {
            return this;
        }
        return new MemberMetadata(
                said.instanceId() == null ? instanceId : said.instanceId(),
                said.rackId() == null ? rackId : said.rackId(),
                from,
                said.rebalanceTimeoutMs() == -1 ? rebalanceTimeoutMs : said.rebalanceTimeoutMs(),
                said.topicNames() == null ? topicNames : Set.copyOf(said.topicNames()),
                said.topicRegex() == null ? topicRegex : said.topicRegex(),
                said.assignorName() == null ? assignorName : said.assignorName(),
                null);
    }
}
