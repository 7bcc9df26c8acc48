package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.log.GroupRecord;

/** A group of the classic protocol and its members; {@code value} is null where the group is forgotten. */
public record ClassicGroupRecord(String groupId, GroupSnapshot value) implements GroupRecord.OfKind {}
