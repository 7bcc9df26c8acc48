package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The groups whose coordinator was closed while the broker goes on, in a reset say. Members of the consumer protocol still take
 * themselves for members: told that there is no such group, as Kafka tells those whose group cannot be, a client gives up for
 * good. Told that they are not known, they join again. Callable from any thread.
 */
public final class FormerGroups {
    /** Those that were remembered first are forgotten then. */
    private static final int MOST = 10_000;

    /** Guarded by this. */
    private final Set<String> ids = new LinkedHashSet<>();

    synchronized void remember(String groupId) {
        ids.remove(groupId);
        ids.add(groupId);
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
    }

    /** What a member hears whose group is not here. */
    synchronized ErrorCode absence(String groupId) {
        return ids.contains(groupId) ? ErrorCode.UNKNOWN_MEMBER_ID : ErrorCode.GROUP_ID_NOT_FOUND;
    }
}
