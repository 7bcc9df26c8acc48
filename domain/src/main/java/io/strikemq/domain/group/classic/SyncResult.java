package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;

/** The answer to a sync; type and name are null, and the assignment is empty, after an error. */
public record SyncResult(ErrorCode error, String protocolType, String protocolName, ByteBuffer assignment) {
    /** The sync was refused. */
    public static SyncResult refused(ErrorCode error) {
        return new SyncResult(error, null, null, ByteBuffer.allocate(0));
    }
}
