package io.strikemq.domain.group.consumer;

/** A member of a consumer group: what it has said, and how far it has come. */
public record ConsumerMember(String id, MemberMetadata metadata, CurrentAssignment current) {
    /** Somebody who just came. */
    static ConsumerMember fresh(String id) {
        return new ConsumerMember(id, MemberMetadata.NONE, CurrentAssignment.NONE);
    }

    /** Its epoch. */
    public int epoch() {
        return current.epoch();
    }

    /** Its group instance id; null for a dynamic member. */
    public String instanceId() {
        return metadata.instanceId();
    }

    /** Whether it speaks the classic protocol. */
    public boolean isClassic() {
        return metadata.isClassic();
    }

    /** The same member that has said something else. */
    public ConsumerMember with(MemberMetadata said) {
        return new ConsumerMember(id, said, current);
    }

    /** The same member somewhere else on its way. */
    public ConsumerMember with(CurrentAssignment now) {
        return new ConsumerMember(id, metadata, now);
    }

    /** The same static member under another id, which has to begin anew and keeps its partitions. */
    ConsumerMember renamed(String newId) {
        return new ConsumerMember(newId, metadata, current.at(0, 0));
    }
}
