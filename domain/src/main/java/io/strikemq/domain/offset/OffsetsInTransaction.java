package io.strikemq.domain.offset;

import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.producer.ProducerIdentity;
import java.util.List;

/**
 * Offsets of a group that are to be committed with a producer's transaction (KIP-98).
 *
 * @param transaction what the client knows of transactions: one that adds partitions by producing adds the group's offsets
 *                    by committing them (KIP-890)
 * @param member      who has read that far; a producer that names no member is not fenced by the group (KIP-447)
 */
public record OffsetsInTransaction(
        Transaction transaction, ProducerIdentity producer, GroupMember member, List<OffsetCommit> offsets) {
    public OffsetsInTransaction {
        offsets = List.copyOf(offsets);
    }
}
