package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import java.util.ArrayList;
import java.util.List;

/** A log of groups in memory that can be broken. */
final class RememberedGroupLog implements GroupLog {
    private final Trouble trouble;
    private final List<GroupRecord> records = new ArrayList<>();
    private ErrorCode failure = ErrorCode.NONE;
    private Runnable onPrepare = () -> {};

    RememberedGroupLog(Trouble trouble) {
        this.trouble = trouble;
    }

    void failWith(ErrorCode error) {
        failure = error;
    }

    void repair() {
        failure = ErrorCode.NONE;
    }

    /** Something that happens between the look at a new group's request and the group's first record. */
    void onPrepare(Runnable action) {
        onPrepare = action;
    }

    List<GroupRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public boolean isPrepared() {
        return true;
    }

    @Override
    public void prepare() {
        onPrepare.run();
    }

    @Override
    public void append(List<GroupRecord> appended) {
        if (failure != ErrorCode.NONE) {
            throw new BrokerException(failure, "The log is broken.");
        }
        trouble.passing(Trouble.Where.BEFORE_AN_APPEND);
        records.addAll(appended);
        trouble.passing(Trouble.Where.AFTER_AN_APPEND);
    }

    @Override
    public void replay(Visitor visitor) {
        records().forEach(visitor::found);
    }
}
