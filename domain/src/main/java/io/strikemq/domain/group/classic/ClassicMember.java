package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.classic.JoinCommand.MemberMetadata;
import io.strikemq.domain.group.classic.JoinCommand.Protocol;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A member of a classic group.
 *
 * @param instanceId  of a static member; null for a dynamic one
 * @param memberMetadata what it last said when it joined
 * @param assignment  empty before the first one
 * @param isNew whether it waits for its first generation: it has no id yet to send heartbeats with, so other rules
 *     judge its session
 * @param joinRequest the join that waits for an answer; 0 for none
 * @param syncRequest the sync that waits for an answer; 0 for none
 */
public record ClassicMember(
        String id,
        String instanceId,
        Client client,
        MemberMetadata memberMetadata,
        ByteBuffer assignment,
        boolean isNew,
        long joinRequest,
        long syncRequest) {
    static final long NO_REQUEST = 0;
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** A member that joins for the first time and waits for its generation. */
    static ClassicMember joining(String id, Client client, JoinCommand command, long request) {
        return new ClassicMember(
                id, command.groupInstanceId(), client, command.memberMetadata(), NOTHING, true, request, NO_REQUEST);
    }

    /** A member that has its assignment. */
    static ClassicMember assigned(ClassicGroup.JoinedMember member, ByteBuffer assignment) {
        return new ClassicMember(
                member.id(),
                member.instanceId(),
                member.client(),
                member.metadata(),
                assignment,
                false,
                NO_REQUEST,
                NO_REQUEST);
    }

    /** Whether it has an instance id (KIP-345). */
    public boolean isStatic() {
        return instanceId != null;
    }

    /** Whether a join of it waits for an answer. */
    public boolean isAwaitingJoin() {
        return joinRequest != NO_REQUEST;
    }

    /** Whether a sync of it waits for an answer. */
    public boolean isAwaitingSync() {
        return syncRequest != NO_REQUEST;
    }

    /** Whether silence is no reason to remove it: it waits for us. New members wait only so long. */
    boolean isExcusedFromHeartbeat() {
        return !isNew && (isAwaitingJoin() || isAwaitingSync());
    }

    /** Whether it says the same as before. */
    boolean matches(List<Protocol> others) {
        return memberMetadata.protocols().equals(others);
    }

    boolean supports(String protocol) {
        return memberMetadata.protocols().stream().anyMatch(own -> own.name().equals(protocol));
    }

    /** The first of its protocols that is a candidate. */
    String vote(Set<String> candidates) {
        return memberMetadata.protocols().stream()
                .map(Protocol::name)
                .filter(candidates::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("member " + id + " supports none of " + candidates));
    }

    /** What it told a protocol; a view of its own. */
    ByteBuffer metadata(String protocol) {
        return memberMetadata.protocols().stream()
                .filter(own -> Objects.equals(own.name(), protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("member " + id + " does not support " + protocol))
                .metadata()
                .asReadOnlyBuffer();
    }

    ClassicMember withJoinRequest(long request) {
        return new ClassicMember(id, instanceId, client, memberMetadata, assignment, isNew, request, syncRequest);
    }

    ClassicMember withSyncRequest(long request) {
        return new ClassicMember(id, instanceId, client, memberMetadata, assignment, isNew, joinRequest, request);
    }

    ClassicMember withMemberMetadata(MemberMetadata newMetadata) {
        return new ClassicMember(id, instanceId, client, newMetadata, assignment, isNew, joinRequest, syncRequest);
    }

    ClassicMember withAssignment(ByteBuffer newAssignment) {
        return new ClassicMember(
                id, instanceId, client, memberMetadata, newAssignment, isNew, joinRequest, syncRequest);
    }

    /** The same member after its first generation began. */
    ClassicMember notNew() {
        return new ClassicMember(id, instanceId, client, memberMetadata, assignment, false, joinRequest, syncRequest);
    }

    /** The same static member under another id, with nothing that waits. */
    ClassicMember renamed(String newId) {
        return new ClassicMember(newId, instanceId, client, memberMetadata, assignment, false, NO_REQUEST, NO_REQUEST);
    }
}
