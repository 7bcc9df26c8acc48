package io.strikemq.domain.group.consumer;

/** What a member of a consumer group waits for (KIP-848). */
public enum MemberState {
    /** For nothing: it has all that it is to have at its epoch. */
    STABLE(0),
    /** It has partitions to give up, and stays at its epoch until it has. */
    UNREVOKED_PARTITIONS(1),
    /** Others have not given up yet what it is to have. */
    UNRELEASED_PARTITIONS(2),
    /** The log tells of a state that is not known here. */
    UNKNOWN(127);

    private final byte code;

    MemberState(int code) {
        this.code = (byte) code;
    }

    /** The state's number in the log. */
    public byte code() {
        return code;
    }

    /** The state of a number. */
    public static MemberState of(byte code) {
        for (MemberState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
