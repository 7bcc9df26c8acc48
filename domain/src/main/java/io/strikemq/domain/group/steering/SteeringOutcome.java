package io.strikemq.domain.group.steering;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/**
 * What became of a {@link SteeringEvent}.
 *
 * @param message   why it was refused; null if it was not
 * @param memberIds whom it concerned
 */
public record SteeringOutcome(ErrorCode error, String message, List<String> memberIds) {
    public SteeringOutcome {
        memberIds = List.copyOf(memberIds);
    }

    /** It is done. */
    public static SteeringOutcome done(List<String> memberIds) {
        return new SteeringOutcome(ErrorCode.NONE, null, memberIds);
    }

    /** Nothing was done. */
    public static SteeringOutcome refused(ErrorCode error, String message) {
        return new SteeringOutcome(error, message, List.of());
    }

    /** Whom it concerned; a {@link BrokerException} where it was refused. */
    public List<String> orThrow() {
        if (error != ErrorCode.NONE) {
            throw new BrokerException(error, message);
        }
        return memberIds;
    }
}
