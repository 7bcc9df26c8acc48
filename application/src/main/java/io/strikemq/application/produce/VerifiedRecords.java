package io.strikemq.application.produce;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.producer.TransactionGuard;

/** What the verification of one partition's records has brought. */
sealed interface VerifiedRecords {
    /** They may be appended with this guard, if they are in order otherwise. */
    record Admitted(TransactionGuard guard) implements VerifiedRecords {}

    /** They are not part of a transaction that is open. */
    record Refused(PartitionProduced answer) implements VerifiedRecords {
        static Refused of(PartitionRecords records, ErrorCode error, String message) {
            return new Refused(PartitionProduced.refused(records.topic(), records.partition(), error, message));
        }
    }
}
