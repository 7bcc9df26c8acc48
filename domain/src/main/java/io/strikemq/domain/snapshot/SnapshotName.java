package io.strikemq.domain.snapshot;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.regex.Pattern;

/** How snapshots may be called: as files of any system may, and none is hidden. */
public final class SnapshotName {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,99}");

    private SnapshotName() {}

    /** The name, if it is one; an INVALID_REQUEST with a sentence otherwise. */
    public static String checked(String name) {
        if (!LEGAL.matcher(name).matches()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "a snapshot's name has 1 to 100 of the ASCII letters and digits, '.', '_' and '-', and does not begin"
                            + " with '.'");
        }
        return name;
    }
}
