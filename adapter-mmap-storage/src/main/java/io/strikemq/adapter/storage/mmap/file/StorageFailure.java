package io.strikemq.adapter.storage.mmap.file;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.IOException;

/** What users are told when the file system refuses. */
public final class StorageFailure {
    private StorageFailure() {}

    /** {@code task} completes the sentence "cannot …". */
    public static BrokerException cannot(String task, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "cannot " + task + ": " + reason, cause);
    }
}
