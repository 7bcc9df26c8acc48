package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.steering.SteeringOutcome;

/** A request to the fixture's group, answered or not. */
record Ticket(GroupFixture group, long id) {
    boolean isAnswered() {
        return group.isAnswered(id);
    }

    JoinResult join() {
        return (JoinResult) group.answerOf(id);
    }

    SyncResult sync() {
        return (SyncResult) group.answerOf(id);
    }

    String assignment() {
        return GroupFixture.text(sync().assignment());
    }

    ErrorCode code() {
        Object answer = group.answerOf(id);
        if (answer instanceof JoinResult join) {
            return join.error();
        }
        if (answer instanceof SteeringOutcome steered) {
            return steered.error();
        }
        return answer instanceof SyncResult sync ? sync.error() : (ErrorCode) answer;
    }
}
