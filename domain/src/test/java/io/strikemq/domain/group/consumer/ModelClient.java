package io.strikemq.domain.group.consumer;

import java.util.Set;
import java.util.UUID;

/** A client of a group as the model has it: it knows what it was told, and no more. */
abstract class ModelClient {
    /** A partition that a client reads. */
    record Partition(UUID topic, int number) {}

    final AnyGroup group;
    final String name;
    /** Null for a dynamic member. */
    final String instanceId;

    ModelClient(AnyGroup group, String name, String instanceId) {
        this.group = group;
        this.name = name;
        this.instanceId = instanceId;
    }

    /** One more exchange with the broker; where {@code isLost}, the client does not hear the answer. */
    abstract void poll(boolean isLost);

    /** Gives up and begins to read what it was told to. */
    abstract void settle();

    /** Goes, telling the broker; a static member may go {@code forAWhile}. */
    abstract void leave(boolean forAWhile);

    /** Goes, telling nobody. */
    abstract void die();

    /** Whether it is a member as far as it knows and as far as the group does. */
    abstract boolean isMember();

    /** What it reads. */
    abstract Set<Partition> owned();

    /** The id by which the group knows it. */
    abstract String memberId();

    /** Whether it reads on while it joins a classic group. */
    abstract boolean keepsReading();

    /** Whether it takes part at all. */
    abstract boolean isRunning();

    /** Wants other topics from now on. */
    abstract void want(int what);

    /** Whether a topic of this name is for it. */
    abstract boolean wants(String topic);
}
