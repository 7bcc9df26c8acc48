package io.strikemq.domain.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import java.util.List;

/** A group of any kind at one moment, as far as all kinds are alike. Immutable. */
public interface Group {
    /** Its id. */
    String groupId();

    /** The group in a list of groups. */
    GroupListing listing();

    /** Whether it has no members, and is not gone. */
    boolean isEmpty();

    /** Whether it is gone; somebody may hold it still. */
    boolean isDead();

    /** Since when it has no members, in ms; -1 when unknown, or where it has some. */
    long emptySince();

    /** Whether the group may be deleted: NONE, or the reason why not. */
    ErrorCode deletable();

    /** Whether single offsets may be deleted: NONE, or the reason why not. */
    ErrorCode offsetsDeletable();

    /** Whether a member may read the topic, so that its offsets are not to be deleted. */
    boolean mayRead(String topic);

    /** Whether the member may see the offsets (KIP-848): NONE, or the reason why not; no member asks with null or an epoch below 0. */
    ErrorCode fetchAllowed(String memberId, int memberEpoch);

    /** The records that end it in the log, but not its offsets. */
    List<GroupRecord> tombstones();

    /** Equal as long as nothing has happened that may change {@link #offsetLifetimes}. */
    Object stage();

    /** When its offsets end. */
    OffsetLifetimes offsetLifetimes();
}
