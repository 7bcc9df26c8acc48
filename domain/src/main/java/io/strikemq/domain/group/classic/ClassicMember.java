package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.JoinCommand;
import io.strikemq.domain.group.JoinCommand.Protocol;
import io.strikemq.domain.group.JoinCommand.Wish;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A member of a classic group.
 *
 * @param instanceId  of a static member; null for a dynamic one
 * @param wish        what it last said when it joined
 * @param assignment  empty before the first one
 * @param newness     whether it waits for its first generation
 * @param joinRequest the join that waits for an answer; 0 for none
 * @param syncRequest the sync that waits for an answer; 0 for none
 */
public record ClassicMember(
        String id,
        String instanceId,
        Client client,
        Wish wish,
        ByteBuffer assignment,
        Newness newness,
        long joinRequest,
        long syncRequest) {
    static final long NO_REQUEST = 0;
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** A new member has no id to send heartbeats with, so its session is judged by other rules. */
    public enum Newness {
        NEW,
        KNOWN
    }

    /** A member that joins for the first time and waits for its generation. */
    static ClassicMember joining(String id, Client client, JoinCommand command, long request) {
        return new ClassicMember(
                id, command.groupInstanceId(), client, command.wish(), NOTHING, Newness.NEW, request, NO_REQUEST);
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
        return newness == Newness.KNOWN && (isAwaitingJoin() || isAwaitingSync());
    }

    /** Whether it says the same as before. */
    boolean matches(List<Protocol> others) {
        return wish.protocols().equals(others);
    }

    boolean supports(String protocol) {
        return wish.protocols().stream().anyMatch(own -> own.name().equals(protocol));
    }

    /** The first of its protocols that is a candidate. */
    String vote(Set<String> candidates) {
        return wish.protocols().stream()
                .map(Protocol::name)
                .filter(candidates::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("member " + id + " supports none of " + candidates));
    }

    /** What it told a protocol; a view of its own. */
    ByteBuffer metadata(String protocol) {
        return wish.protocols().stream()
                .filter(own -> Objects.equals(own.name(), protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("member " + id + " does not support " + protocol))
                .metadata()
                .asReadOnlyBuffer();
    }

    ClassicMember withJoinRequest(long request) {
        return new ClassicMember(id, instanceId, client, wish, assignment, newness, request, syncRequest);
    }

    ClassicMember withSyncRequest(long request) {
        return new ClassicMember(id, instanceId, client, wish, assignment, newness, joinRequest, request);
    }

    ClassicMember withWish(Wish newWish) {
        return new ClassicMember(id, instanceId, client, newWish, assignment, newness, joinRequest, syncRequest);
    }

    ClassicMember withAssignment(ByteBuffer newAssignment) {
        return new ClassicMember(id, instanceId, client, wish, newAssignment, newness, joinRequest, syncRequest);
    }

    /** The same member after its first generation began. */
    ClassicMember known() {
        return new ClassicMember(id, instanceId, client, wish, assignment, Newness.KNOWN, joinRequest, syncRequest);
    }

    /** The same static member under another id, with nothing that waits. */
    ClassicMember renamed(String newId) {
        return new ClassicMember(newId, instanceId, client, wish, assignment, Newness.KNOWN, NO_REQUEST, NO_REQUEST);
    }
}
