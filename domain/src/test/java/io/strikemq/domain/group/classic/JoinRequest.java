package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A join to be sent; {@link #with} sends it. */
final class JoinRequest {
    private final GroupFixture group;
    private final String client;
    private String memberId = "";
    private String instanceId;
    private Duration sessionTimeout = Duration.ofSeconds(10);
    private Duration rebalanceTimeout = Duration.ofSeconds(60);
    private String protocolType = "consumer";
    private MemberIdPolicy idPolicy = MemberIdPolicy.JOIN_AT_ONCE;
    private AssignmentSkipping skipping = AssignmentSkipping.UNSUPPORTED;

    JoinRequest(GroupFixture group, String client) {
        this.group = group;
        this.client = client;
    }

    JoinRequest as(String id) {
        memberId = id;
        return this;
    }

    JoinRequest instance(String id) {
        instanceId = id;
        return this;
    }

    JoinRequest sessionTimeout(Duration timeout) {
        sessionTimeout = timeout;
        return this;
    }

    JoinRequest rebalanceTimeout(Duration timeout) {
        rebalanceTimeout = timeout;
        return this;
    }

    JoinRequest type(String type) {
        protocolType = type;
        return this;
    }

    JoinRequest idFirst() {
        idPolicy = MemberIdPolicy.ID_FIRST;
        return this;
    }

    JoinRequest skipping() {
        skipping = AssignmentSkipping.SUPPORTED;
        return this;
    }

    /** Sends the join; each protocol is written as {@code name} or {@code name:metadata}. */
    Ticket with(String... protocols) {
        List<JoinCommand.Protocol> spoken = Arrays.stream(protocols)
                .map(protocol -> protocol.split(":"))
                .map(parts ->
                        new JoinCommand.Protocol(parts[0], GroupFixture.bytes(parts.length > 1 ? parts[1] : client)))
                .toList();
        JoinCommand command = new JoinCommand(
                "g",
                memberId,
                instanceId,
                sessionTimeout,
                rebalanceTimeout,
                protocolType,
                spoken,
                idPolicy,
                skipping,
                null);
        String fresh = group.freshId(instanceId == null ? client : instanceId);
        return group.request(id ->
                new ClassicGroupEvent.Join(id, new GroupEvent.Client(client, "/127.0.0.1"), command, fresh, fresh));
    }
}
