package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log of groups in memory that can be broken. */
final class RememberedGroupLog implements GroupLog {
    private final List<GroupRecord> records = new ArrayList<>();
    private ErrorCode failure = ErrorCode.NONE;

    void failWith(ErrorCode error) {
        failure = error;
    }

    void repair() {
        failure = ErrorCode.NONE;
    }

    List<GroupRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void prepare() {
        // It is there.
    }

    @Override
    public void append(List<GroupRecord> appended) {
        if (failure != ErrorCode.NONE) {
            throw new BrokerException(failure, "The log is broken.");
        }
        records.addAll(appended);
    }

    @Override
    public void replay(Consumer<GroupRecord> visitor) {
        records().forEach(visitor);
    }
}
