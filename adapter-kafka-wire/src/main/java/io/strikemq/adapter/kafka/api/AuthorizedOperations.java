package io.strikemq.adapter.kafka.api;

/**
 * What a client may do, as a set of bits by Kafka's numbers of operations (KIP-430). Without an authorizer that is all
 * that there is to do with a resource.
 */
public final class AuthorizedOperations {
    /** The client did not ask. */
    public static final int NOT_ASKED = Integer.MIN_VALUE;

    private static final int READ = 1 << 3;
    private static final int WRITE = 1 << 4;
    private static final int CREATE = 1 << 5;
    private static final int DELETE = 1 << 6;
    private static final int ALTER = 1 << 7;
    private static final int DESCRIBE = 1 << 8;
    private static final int CLUSTER_ACTION = 1 << 9;
    private static final int CONFIGS = 1 << 10 | 1 << 11;
    private static final int IDEMPOTENT_WRITE = 1 << 12;

    /** With a topic. */
    public static final int TOPIC = READ | WRITE | CREATE | DELETE | ALTER | DESCRIBE | CONFIGS;
    /** With a group. */
    public static final int GROUP = READ | DELETE | DESCRIBE | CONFIGS;
    /** With the cluster. */
    public static final int CLUSTER = CREATE | ALTER | DESCRIBE | CLUSTER_ACTION | CONFIGS | IDEMPOTENT_WRITE;

    private AuthorizedOperations() {}
}
