package io.strikemq.adapter.storage.mmap.file;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What users are told when the file system refuses. */
public final class StorageFailure {
    private StorageFailure() {}

    /** {@code task} completes the sentence "cannot …". */
    public static BrokerException cannot(String task, IOException cause) {
        return new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "cannot " + task + ": " + reason(cause), cause);
    }

    /** Why it failed: the file alone, of which many of the JDK's exceptions speak, says nothing. */
    public static String reason(IOException cause) {
        if (cause instanceof FileSystemException failure && failure.getReason() == null) {
            return failure.getFile() + ": " + kind(failure);
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String kind(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is something else of that name";
        }
        return failure.getClass().getSimpleName();
    }
}
