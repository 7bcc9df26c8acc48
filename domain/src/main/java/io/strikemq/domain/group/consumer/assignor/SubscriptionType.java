package io.strikemq.domain.group.consumer.assignor;

/** Whether the members of a group want the same. */
public enum SubscriptionType {
    /** Every member is subscribed to the same topics. */
    HOMOGENEOUS,
    /** Some members are subscribed to other topics than others. */
    HETEROGENEOUS
}
