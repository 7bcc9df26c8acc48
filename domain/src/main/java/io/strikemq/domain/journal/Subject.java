package io.strikemq.domain.journal;

import io.strikemq.domain.error.ErrorCode;
import java.util.Objects;

/** What is to be explained. */
public sealed interface Subject {
    /** Why a group rebalanced, and what became of it. */
    record OfGroup(String groupId) implements Subject {
        public OfGroup {
            Objects.requireNonNull(groupId, "groupId");
        }
    }

    /** Who created, altered and deleted a topic, and what removed records of it. */
    record OfTopic(String name) implements Subject {
        public OfTopic {
            Objects.requireNonNull(name, "name");
        }
    }

    /** What ended the transactions of an id against its producer's will. */
    record OfTransaction(String transactionalId) implements Subject {
        public OfTransaction {
            Objects.requireNonNull(transactionalId, "transactionalId");
        }
    }

    /** Which requests were answered with an error, and why. */
    record OfError(ErrorCode error) implements Subject {
        public OfError {
            Objects.requireNonNull(error, "error");
        }
    }

    /** {@link OfGroup}. */
    static Subject group(String groupId) {
        return new OfGroup(groupId);
    }

    /** {@link OfTopic}. */
    static Subject topic(String name) {
        return new OfTopic(name);
    }

    /** {@link OfTransaction}. */
    static Subject transaction(String transactionalId) {
        return new OfTransaction(transactionalId);
    }

    /** {@link OfError}. */
    static Subject error(ErrorCode error) {
        return new OfError(error);
    }
}
