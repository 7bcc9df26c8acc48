package io.strikemq.domain.port.in;

import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.request.RequestContext;
import java.util.concurrent.CompletionStage;

/** The consumer group protocol (KIP-848), as members use it. Callable from any thread. */
public interface JoinConsumerGroup {
    /** Whether the protocol is served at the moment: the feature group.version and the settings say so. */
    boolean isServed();

    /**
     * Says that a member lives, joins or leaves. Refusals are results, never exceptions; the stage completes on the calling
     * thread or on a worker.
     *
     * @param naming who names the member
     */
    CompletionStage<HeartbeatResult> heartbeat(
            RequestContext context, ConsumerHeartbeat heartbeat, MemberNaming naming);

    /** Who chooses a member's id (KIP-1082). */
    enum MemberNaming {
        /** The member itself, always. */
        BY_MEMBER,
        /** The broker, for a member that joins without an id. */
        BY_BROKER
    }
}
